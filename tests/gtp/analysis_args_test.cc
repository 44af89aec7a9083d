// What clients write behind analysis commands, and what is refused.
#include "gtp/analysis_args.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>

namespace ponnuki::gtp {

namespace {

Result<AnalysisArgs> parse(const std::string& text, AnalysisStyle style = AnalysisStyle::kKata) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  AnalysisArgs defaults;
  defaults.style = style;
  defaults.player = Color::kWhite;
  return parse_analysis_args(words, {9, 9}, defaults);
}

}  // namespace

TEST_CASE("Colour and interval are optional and may be anywhere that clients put them") {
  struct Row {
    std::string text;
    Color player;
    double seconds;
  };
  const Row rows[] = {
      {"B 50", Color::kBlack, 0.5},        {"50", Color::kWhite, 0.5},
      {"b", Color::kBlack, INFINITY},      {"", Color::kWhite, INFINITY},
      {"interval 10", Color::kWhite, 0.1}, {"b interval 2.5", Color::kBlack, 0.025},
      {"W 0", Color::kWhite, 0},           {"2147483647", Color::kWhite, 21474836.47},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const auto args = parse(row.text);
    REQUIRE(args);
    CHECK(args->player == row.player);
    CHECK(args->interval_seconds == row.seconds);
  }
}

TEST_CASE("KataGo's fields are on request") {
  const auto args = parse(
      "b 10 ownership true ownershipStdev true movesOwnership true pvVisits true pvEdgeVisits "
      "TRUE rootInfo true noResultValue true minmoves 3 maxmoves 7");
  REQUIRE(args);
  CHECK(args->ownership);
  CHECK(args->ownership_stdev);
  CHECK(args->moves_ownership);
  CHECK(args->pv_visits);
  CHECK(args->pv_edge_visits);
  CHECK(args->root_info);
  CHECK(args->no_result_value);
  CHECK(args->min_moves == 3);
  CHECK(args->max_moves == 7);
  CHECK_FALSE(parse("ownership false")->ownership);
}

TEST_CASE("avoid and allow") {
  const auto args = parse("10 avoid b D4,E5,pass 30 avoid w a1 2", AnalysisStyle::kLeelaZero);
  REQUIRE(args);
  REQUIRE(args->filters.size() == 2);
  CHECK(args->filters[0].player == Color::kBlack);
  CHECK(args->filters[0].points.size() == 3);
  CHECK(args->filters[0].points[2].is_pass());
  CHECK(args->filters[0].until_depth == 30);
  CHECK_FALSE(args->filters[0].allow);
  CHECK(args->filters[1].player == Color::kWhite);
  const auto allowed = parse("1 allow B D4 1");
  REQUIRE(allowed);
  CHECK(allowed->filters[0].allow);
}

TEST_CASE("What is not known is an error: clients probe with it") {
  for (const char* bad :
       {"nonsense", "b 10 nonsense true", "ownership", "ownership maybe", "interval", "interval x",
        "-5", "minmoves", "minmoves -1", "maxmoves x", "avoid b D4", "avoid g D4 1",
        "avoid b Z99 1", "avoid b D4 0", "avoid b D4 x", "allow b D4 1 avoid b E5 1",
        "allow b D4 1 allow b E5 1", "b b"}) {
    INFO(bad);
    CHECK_FALSE(parse(bad));
  }
  // Fields of KataGo are unknown to the other forms.
  CHECK_FALSE(parse("ownership true", AnalysisStyle::kLeelaZero));
  CHECK_FALSE(parse("pvVisits true", AnalysisStyle::kSabaki));
}

}  // namespace ponnuki::gtp
