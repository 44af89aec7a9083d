// KataGo's clean-up phases: what two passes do, kos that are blocked, what stones cost and count.
#include "engine/encore.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/coord.h"
#include "engine/game.h"
#include "engine/position.h"
#include "engine/score.h"

namespace ponnuki {
namespace {

Rules japanese(float komi = 0) {
  Rules rules = japanese_rules();
  rules.komi = komi;
  return rules;
}

Position position_of(const char* diagram, Color to_move = Color::kBlack) {
  Position position(*Board::parse(diagram), to_move, japanese());
  position.allow_encore();
  return position;
}

Point at(const Position& position, const std::string& vertex) {
  return *parse_gtp_vertex(vertex, position.size());
}

void play(Position& position, const std::vector<std::string>& moves) {
  for (const std::string& move : moves) {
    INFO(move);
    REQUIRE(position.is_legal(at(position, move)));
    position.play(at(position, move));
  }
}

// Black lives at the left, White at the right. White's stone at B2 is dead, but still there.
const char* const kDeadStone =
    ". X X O .\n"
    "X X X O O\n"
    ". . X O .\n"
    ". O X O O\n"
    ". . X O .";

TEST_CASE("Encore: without it two passes end the game") {
  Position position(*Board::parse(kDeadStone), Color::kBlack, japanese());
  play(position, {"pass", "pass"});
  CHECK(position.is_over());
  CHECK(position.encore_phase() == 0);
}

TEST_CASE("Encore: two passes lead to the next phase, after the second phase to the end") {
  Position position = position_of(kDeadStone);
  CHECK_FALSE(position.is_final_phase());
  play(position, {"pass"});
  CHECK(position.pass_would_end_game());  // the phase
  play(position, {"pass"});
  CHECK(position.encore_phase() == 1);
  CHECK_FALSE(position.is_over());
  CHECK_FALSE(position.is_final_phase());
  CHECK_FALSE(position.pass_would_end_game());
  CHECK(position.history_turns() == 0);
  CHECK(position.move_count() == 2);
  play(position, {"pass", "pass"});
  CHECK(position.encore_phase() == 2);
  CHECK(position.is_final_phase());
  play(position, {"pass", "pass"});
  CHECK(position.is_over());
  CHECK_FALSE(position.is_legal(at(position, "A1")));
}

TEST_CASE("Encore: a dead stone is captured at no cost in the second phase") {
  Position position = position_of(kDeadStone);
  play(position, {"pass", "pass", "pass", "pass"});
  play(position, {"B1", "pass", "B3", "pass", "A2", "pass", "pass"});
  REQUIRE(position.is_over());
  CHECK(position.board().at(at(position, "B2")) == Color::kEmpty);
  // Black has seven points and a prisoner, White three points.
  CHECK(score_area(position).to_string() == "B+5");
}

TEST_CASE("Encore: a stone costs a point in the first phase, none in the second") {
  Position position = position_of(kDeadStone);
  const float before = position.white_bonus();
  play(position, {"pass", "pass", "A1"});
  CHECK(position.white_bonus() == before + 1);
  play(position, {"A3"});
  CHECK(position.white_bonus() == before);
  play(position, {"pass", "pass"});
  REQUIRE(position.encore_phase() == 2);
  play(position, {"B3"});
  CHECK(position.white_bonus() == before);
}

TEST_CASE("Encore: in the second phase only stones of its start count in a seki") {
  // In the middle nobody has an eye: both chains live in seki on C1, C2, C3.
  const char* const kBoard =
      "X X . O O\n"
      "X X . O O\n"
      "X X . O O";
  Position position = position_of(kBoard);
  CHECK(score_area(position).white_minus_black == 0);
  play(position, {"pass", "pass", "pass", "pass", "C2"});
  CHECK(position.encore()->start(at(position, "A1")) == Color::kBlack);
  CHECK(position.encore()->start(at(position, "C2")) == Color::kEmpty);
  AreaMap owner;
  CHECK(score_area(position, &owner).white_minus_black == 0);
  CHECK(owner_at(owner, at(position, "C2")) == Color::kEmpty);
  CHECK(owner_at(owner, at(position, "A1")) == Color::kBlack);
}

const char* const kKo =
    ". X O .\n"
    "X . X O\n"
    ". X O .\n"
    ". . . .";

Position ko_taken_by_white() {
  Position position = position_of(kKo, Color::kWhite);
  position.begin_encore(1);
  play(position, {"B3"});
  return position;
}

TEST_CASE("Encore: a stone that took a ko is blocked until a pass for that ko") {
  for (const char* const vertex : {"B3", "C3"}) {
    INFO(vertex);
    Position position = ko_taken_by_white();
    const float bonus = position.white_bonus();
    CHECK(position.board().ko_point().is_none());
    CHECK(position.encore()->blocked().contains(at(position, "B3")));
    CHECK_FALSE(position.encore()->blocked().contains(at(position, "C3")));
    CHECK(
        position.encore()->is_pass_for_ko(position.board(), {Color::kBlack, at(position, vertex)}));
    CHECK(position.legal_points_after_end().contains(at(position, vertex)));
    play(position, {vertex});
    CHECK(position.board().at(at(position, "B3")) == Color::kWhite);
    CHECK(position.board().at(at(position, "C3")) == Color::kEmpty);
    CHECK(position.white_bonus() == bonus);
    CHECK(position.encore()->blocked() == PointSet());
    // After it the ko is open.
    play(position, {"A1", "C3"});
    CHECK(position.board().at(at(position, "B3")) == Color::kEmpty);
    CHECK(position.encore()->blocked().contains(at(position, "C3")));
  }
}

TEST_CASE("Encore: a new phase begins without blocks, and a blocked stone may be connected") {
  Position position = ko_taken_by_white();
  play(position, {"A1", "pass", "pass"});
  REQUIRE(position.encore_phase() == 2);
  CHECK(position.encore()->blocked() == PointSet());
  Position connected = ko_taken_by_white();
  play(connected, {"A1", "C3"});
  CHECK(connected.board().at(at(connected, "C3")) == Color::kWhite);
}

TEST_CASE("Encore: a player takes a ko only once in the same position") {
  Position position = ko_taken_by_white();
  play(position, {"C3", "pass", "C3"});  // Black passes for the ko, White passes, Black retakes
  REQUIRE(position.board().at(at(position, "B3")) == Color::kEmpty);
  CHECK(position.encore()->taken(position.board(), Color::kWhite).contains(at(position, "B3")));
  play(position, {"B3"});  // White passes for the ko
  play(position, {"pass"});
  CHECK_FALSE(position.is_legal(at(position, "B3")));
  CHECK(position.is_ko_banned(at(position, "B3")));
}

TEST_CASE("Encore: a pass in a position in which the player has passed before ends the phase") {
  Position position = position_of(kKo);
  position.begin_encore(1);
  play(position, {"pass", "B3", "C3", "pass", "C3", "B3"});  // the kos are taken and open again
  CHECK(position.pass_would_repeat());
  play(position, {"pass"});
  CHECK(position.encore_phase() == 2);
}

TEST_CASE("Encore: positions that differ in blocks, phases or starting stones have other keys") {
  const Position taken = ko_taken_by_white();
  Position open = taken;
  open.play(at(open, "C3"));
  open.set_to_move(Color::kBlack);
  CHECK(open.state_key() != taken.state_key());
  Position first = position_of(kKo), second = position_of(kKo);
  first.begin_encore(1);
  second.begin_encore(2);
  CHECK(first.evaluation_key() != second.evaluation_key());
  CHECK(first.evaluation_key() != position_of(kKo).evaluation_key());
  const Position copy = taken;
  CHECK(copy.evaluation_key() == taken.evaluation_key());
}

TEST_CASE("Encore: copies do not share what happens later") {
  const Position taken = ko_taken_by_white();
  Position later = taken;
  play(later, {"C3"});
  CHECK(taken.encore()->blocked().contains(at(taken, "B3")));
  CHECK(later.encore()->blocked() == PointSet());
}

TEST_CASE("Encore: none under area scoring") {
  Position position(*Board::parse(kKo), Color::kBlack, chinese_rules());
  position.allow_encore();
  play(position, {"pass", "pass"});
  CHECK(position.is_over());
  CHECK(position.encore() == nullptr);
  CHECK(position.is_final_phase());
}

TEST_CASE("Encore: a game keeps it under other rules and when moves are undone") {
  Game game(BoardSize{5, 5}, japanese());
  game.allow_encore();
  game.play({Color::kBlack, Point::pass()});
  game.play({Color::kWhite, Point::pass()});
  CHECK(game.position().encore_phase() == 1);
  Rules rules = japanese();
  rules.tax = TaxRule::kAll;
  game.set_rules(rules);
  CHECK(game.position().encore_phase() == 1);
  CHECK(game.undo());
  CHECK(game.position().encore_phase() == 0);
}

}  // namespace
}  // namespace ponnuki
