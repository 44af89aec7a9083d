// Who asks what of the searches, and what becomes of their views.
#include "engine/search/final_judgement.h"

#include <catch2/catch.hpp>

#include "tests/support/search_fakes.h"

using namespace ponnuki;

namespace {

Position finished(const char* diagram, const Rules& rules, Color first_to_pass = Color::kBlack) {
  Position p = test::position(diagram, first_to_pass, rules);
  p.play(Point::pass());
  p.play(Point::pass());
  REQUIRE(p.is_over());
  return p;
}

Rules rules_of(const char* name, float komi) {
  Rules rules = *parse_rules(name, Rules{});
  rules.komi = komi;
  return rules;
}

/// Three points in a row are the eye space of Black's group in the corner: it lives if Black moves
/// first, and dies if White does.
const char* const kUnsettled = R"(
    . . . X O . O
    X X X X O O .
    O O O O O . O
    . O . O . O O)";

}  // namespace

TEST_CASE("A finished game is searched with each player to move first, after its passes") {
  const Position end = finished(kUnsettled, rules_of("japanese", 0));
  std::vector<Color> asked;
  const auto judged = search::final_judgement(
      end, [&](const Position& root, const search::SearchLimits& limits) -> Result<referee::View> {
        asked.push_back(root.to_move());
        CHECK_FALSE(root.is_over());
        CHECK(root.consecutive_passes() == 0);
        CHECK(root.move_count() == 2);  // the passes stay in the history
        CHECK(limits.visits >= 50);
        // Whoever moves first wins the corner: the ownership says so.
        const float corner = root.to_move() == Color::kBlack ? 1.0F : -1.0F;
        referee::View view;
        for (int cell = 0; cell < 28; ++cell) {
          const bool in_corner = cell < 4 || (cell >= 7 && cell < 11);
          view.black_ownership.push_back(in_corner ? corner : -1.0F);
        }
        view.white_lead = root.to_move() == Color::kBlack ? 3 : 17;
        return view;
      });
  REQUIRE(judged);
  CHECK(asked == std::vector{Color::kBlack, Color::kWhite});
  // White moves first against Black's stones: they are dead. 3 + 5 points, 5 prisoners; 6 others.
  CHECK(judged->dead.size() == 5);
  CHECK(judged->score.to_string() == "W+19");
  CHECK(judged->finished);
}

namespace {

/// White has a dead stone in the area of Black.
const char* const kSettledBoard = R"(
    . . X O . . .
    . O X O . . .
    X . X O . O O
    . X X O O . .)";

/// Answers as a search does that knows the owner of each point, with this lead of White.
search::Ask knows_owners(double white_lead) {
  return [white_lead](const Position&, const search::SearchLimits&) -> Result<referee::View> {
    referee::View view;
    for (int cell = 0; cell < 28; ++cell)
      view.black_ownership.push_back(cell % 7 < 3 ? 0.9F : -0.9F);
    view.white_lead = white_lead;
    return view;
  };
}

}  // namespace

TEST_CASE("A board on which only the passes are missing is counted") {
  const char* const name = GENERATE("chinese", "aga", "aga-button", "tromp-taylor");
  CAPTURE(name);
  // The search's lead is off, as that of a small net often is. 16 points to 12; by its turn White
  // would get the button.
  const Position p = test::position(kSettledBoard, Color::kWhite, rules_of(name, 0));
  const auto judged = search::final_judgement(p, knows_owners(-1));
  REQUIRE(judged);
  CHECK(judged->dead.size() == 1);
  CHECK(judged->score.to_string() == (p.has_button() ? "W+4.5" : "W+4"));
}

TEST_CASE("Two passes are enough for a count where the first one took the button") {
  Position p = test::position(kSettledBoard, Color::kBlack, rules_of("aga-button", 0));
  p.play(Point::pass());
  p.play(Point::pass());
  REQUIRE_FALSE(p.is_over());
  const auto judged = search::final_judgement(p, knows_owners(-9));
  REQUIRE(judged);
  CHECK(judged->score.to_string() == "W+3.5");  // Black took the button
}

TEST_CASE("A count that the search's leads contradict is no estimate") {
  const Position p = test::position(kSettledBoard, Color::kWhite, rules_of("chinese", 0));
  const auto judged = search::final_judgement(p, knows_owners(-15));
  REQUIRE(judged);
  CHECK(judged->score.to_string() == "B+15");
}

TEST_CASE("A judgement depends on the position alone: no chance, no threads, no company") {
  const search::SearchParams params = search::judgement_params();
  CHECK(params.threads == 1);
  CHECK(params.evaluates_alone);
  CHECK(params.temperature == 0);
  CHECK(params.temperature_early == 0);
  CHECK_FALSE(params.root_noise);
  CHECK(params.wide_root_noise == 0);
}

TEST_CASE("A game without result has neither winner nor dead stones") {
  // Three kos; the same position comes up a third time.
  Position p({3, 3}, rules_of("japanese", 6.5F));
  REQUIRE_FALSE(p.is_no_result());
  const referee::Judgement judged = referee::judge_no_result(p);
  CHECK(judged.score.to_string() == "0");
  CHECK(judged.dead.empty());
}

TEST_CASE("Errors of a search are passed on") {
  const Position end = finished(kUnsettled, rules_of("japanese", 0));
  const auto judged = search::final_judgement(
      end, [](const Position&, const search::SearchLimits&) -> Result<referee::View> {
        return Error{"no net"};
      });
  REQUIRE_FALSE(judged);
  CHECK(judged.error().message == "no net");
}
