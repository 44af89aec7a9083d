// The page's data; what the page does with it, a browser tests (tests/e2e/review_page).
#include "review/html_report.h"

#include <nlohmann/json.hpp>

#include "tests/support/reviews.h"

namespace ponnuki::review {
namespace {

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin);
  REQUIRE(from != std::string::npos);
  const std::size_t to = text.find(end, from + begin.size());
  REQUIRE(to != std::string::npos);
  return text.substr(from + begin.size(), to - from - begin.size());
}

TEST_CASE("HTML report: the positions, their boards and what was said of them") {
  GameReview review =
      test::review_of("(;SZ[3]PB[</script><b>x]PW[Bob];B[bb]C[a <i>comment</i>];W[aa])",
                      {{0.5, 0, {"B2", "A1"}}, {0.55, 1, {"C1"}}, {0.9, 9}});
  review.assessments[1].ownership = {100, -100, 0, 50, -50, 8, -8, 4, -4};
  const std::string page = html_report(review, "Ponnuki 1.0");
  const std::string data = between(page, "id=\"review\">", "</script>");
  CHECK(data.find('<') == std::string::npos);
  const auto json = nlohmann::json::parse(data);
  CHECK(json["black"] == "</script><b>x");
  REQUIRE(json["positions"].size() == 3);
  const auto& start = json["positions"][0];
  CHECK(start["board"] == ".........");
  CHECK_FALSE(start.contains("move"));
  const auto& first = json["positions"][1];
  CHECK(first["board"] == "....X....");
  CHECK(first["move"] == "B2");
  CHECK(first["color"] == "B");
  CHECK(first["toMove"] == "W");
  CHECK(first["rank"] == 0);
  CHECK(first["comment"] == "a <i>comment</i>");
  CHECK(first["ownership"] == "yamsgnlmm");
  CHECK(first["best"][0]["pv"] == nlohmann::json({"C1"}));
  const auto& second = json["positions"][2];
  CHECK(second["board"] == "O...X....");
  CHECK(second["lost"]["points"] == 8);
  CHECK(second["lost"]["verdict"] == "??");
  CHECK(json["mistakes"] == nlohmann::json({2}));
  CHECK(json["players"][1]["blunders"] == 1);
  CHECK(json["phases"].size() == 3);
  CHECK(between(page, "<title>", "</title>").find("&lt;/script&gt;") != std::string::npos);
  CHECK(page.find("{{") == std::string::npos);
  CHECK(page.find("class=\"graph\"") != std::string::npos);
}

TEST_CASE("HTML report: a page does not tell in which folder the record lay") {
  GameReview review = test::review_of("(;SZ[3];B[bb])", {{0.5, 0}, {0.5, 0}});
  review.file = "home/ann/game.sgf";
  const std::string page = html_report(review, "Ponnuki 1.0");
  CHECK(between(page, "<title>", "</title>").find("game.sgf") != std::string::npos);
  CHECK(page.find("home/ann") == std::string::npos);
}

}  // namespace
}  // namespace ponnuki::review
