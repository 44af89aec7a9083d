// Ko and superko, suicide, passes and the end of the game, by diagrams.
#include "engine/position.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"

using namespace ponnuki;

namespace {

Rules rules_with(KoRule ko, bool suicide = false) {
  Rules rules;
  rules.ko = ko;
  rules.multi_stone_suicide = suicide;
  return rules;
}

constexpr KoRule kAllKoRules[] = {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational};

Position position_of(const char* diagram, Color to_move, const Rules& rules) {
  return Position(Board::parse(diagram).value(), to_move, rules);
}

Point at(const Position& position, const char* vertex) {
  return *parse_gtp_vertex(vertex, position.size());
}

/// Plays "C3 D4 pass" by turns; each must be legal.
void play(Position& position, std::initializer_list<const char*> vertices) {
  for (const char* vertex : vertices) {
    CAPTURE(vertex, position.board().to_diagram());
    REQUIRE(position.is_legal(at(position, vertex)));
    position.play(at(position, vertex));
  }
}

bool legal(const Position& position, const char* vertex) {
  return position.is_legal(at(position, vertex));
}

/// Black takes a ko at C4; White's stone was at B4.
constexpr const char* kKoDiagram = R"(
    . X O . .
    X O . O .
    . X O . .
    . . . . .
    . . . . .)";

}  // namespace

TEST_CASE("A ko may not be taken back at once, but after a threat and its answer") {
  for (const KoRule ko : kAllKoRules) {
    Position position = position_of(kKoDiagram, Color::kBlack, rules_with(ko));
    play(position, {"C4"});
    CHECK(position.board().at(at(position, "B4")) == Color::kEmpty);
    CHECK_FALSE(legal(position, "B4"));
    CHECK(position.is_ko_banned(at(position, "B4")));
    CHECK(position.is_pseudo_legal({Color::kWhite, at(position, "B4")}));
    CHECK(position.is_legal({Color::kBlack, at(position, "B4")}));  // filling is no repetition
    play(position, {"E1", "E2"});
    CHECK(legal(position, "B4"));
    play(position, {"B4"});
    CHECK_FALSE(legal(position, "C4"));
  }
}

TEST_CASE("Snapback is no ko") {
  for (const KoRule ko : kAllKoRules) {
    Position position = position_of(R"(
      . . . . . .
      . . X X X .
      . X O O O X
      . X O . . X)",
                                    Color::kBlack, rules_with(ko));
    play(position, {"D1", "E1", "D1"});
    CHECK(position.board().prisoners(Color::kWhite) == 5);
    CHECK(position.board().at(at(position, "C2")) == Color::kEmpty);
  }
}

TEST_CASE("Sending two and returning one: only positional superko forbids it the first time") {
  const char* diagram = R"(
    . . . . .
    X . . . .
    X O O O .
    . X . O .)";
  for (const KoRule ko : kAllKoRules) {
    Position position = position_of(diagram, Color::kBlack, rules_with(ko));
    play(position, {"C1", "A1"});
    CHECK(legal(position, "B1") == (ko != KoRule::kPositional));
    CHECK(position.is_ko_banned(at(position, "B1")) == (ko == KoRule::kPositional));
    if (ko == KoRule::kPositional) continue;
    play(position, {"B1", "pass"});
    CHECK(legal(position, "C1") == (ko == KoRule::kSimple));  // the same situation as at first
  }
}

constexpr const char* kTripleKo = R"(
  . X O .
  X O . O
  . X O .
  . X O .
  X . X O
  . X O .
  . X O .
  X O . O
  . X O .)";

TEST_CASE("Triple ko: superko forbids the last move of the cycle") {
  for (const KoRule ko : {KoRule::kPositional, KoRule::kSituational}) {
    Position position = position_of(kTripleKo, Color::kBlack, rules_with(ko));
    play(position, {"C8", "B5", "C2", "B8", "C5"});
    CHECK_FALSE(legal(position, "B2"));
    CHECK(position.is_ko_banned(at(position, "B2")));
  }
}

TEST_CASE("Triple ko: under simple ko the third repetition leaves the game without result") {
  Position position = position_of(kTripleKo, Color::kBlack, rules_with(KoRule::kSimple));
  play(position, {"C8", "B5", "C2", "B8", "C5", "B2"});
  CHECK_FALSE(position.is_over());
  play(position, {"C8", "B5", "C2", "B8", "C5", "B2"});
  CHECK(position.is_over());
  CHECK(position.is_no_result());
  CHECK_FALSE(legal(position, "C8"));
}

TEST_CASE("A pass breaks the count of repetitions under simple ko") {
  Position position = position_of(kTripleKo, Color::kBlack, rules_with(KoRule::kSimple));
  play(position, {"C8", "B5", "C2", "B8", "C5", "B2", "C8", "B5", "pass", "pass"});
  CHECK(position.is_over());
  CHECK_FALSE(position.is_no_result());
  Position cycled = position_of(kTripleKo, Color::kBlack, rules_with(KoRule::kSimple));
  play(cycled,
       {"C8", "B5", "C2", "B8", "C5", "B2", "C8", "pass", "C2", "B5", "pass", "B8", "C5", "B2"});
  CHECK_FALSE(cycled.is_over());
}

TEST_CASE("A stone may repeat a position without capturing anything") {
  Position position({5, 1}, rules_with(KoRule::kPositional));
  play(position, {"C1", "A1", "pass", "D1", "B1", "A1"});
  CHECK(position.board().to_diagram() == "O..O.\n");
  CHECK_FALSE(legal(position, "C1"));  // O.XO. has been there
  CHECK(legal(position, "B1"));
}

TEST_CASE("Suicide of several stones is legal where the rules say so, of one stone never") {
  const char* diagram = R"(
    . X O .
    O O O O
    . O . O
    O . O .)";
  for (const bool suicide : {false, true}) {
    Position position =
        position_of(diagram, Color::kBlack, rules_with(KoRule::kPositional, suicide));
    CHECK(legal(position, "A4") == suicide);
    CHECK(position.is_pseudo_legal({Color::kBlack, at(position, "A4")}));
    CHECK_FALSE(legal(position, "A2"));
    CHECK_FALSE(position.is_pseudo_legal({Color::kBlack, at(position, "A2")}));
    if (!suicide) continue;
    play(position, {"A4"});
    CHECK(position.board().to_diagram() == "..O.\nOOOO\n.O.O\nO.O.\n");
    CHECK(position.board().prisoners(Color::kBlack) == 2);
  }
}

TEST_CASE("Suicide may repeat a position") {
  const std::pair<KoRule, bool> table[] = {
      {KoRule::kSimple, true}, {KoRule::kPositional, false}, {KoRule::kSituational, true}};
  for (const auto& [ko, allowed] : table) {
    Position position({2, 1}, rules_with(ko, true));
    play(position, {"A1", "pass"});
    CHECK(legal(position, "B1") == allowed);  // the empty board again, but White to move
  }
}

TEST_CASE("Two passes end the game, play may go on") {
  for (const KoRule ko : kAllKoRules) {
    Position position({5, 5}, rules_with(ko));
    play(position, {"C3", "pass", "B3"});
    CHECK(position.consecutive_passes() == 0);
    CHECK_FALSE(position.pass_would_end_game());
    play(position, {"pass"});
    CHECK(position.pass_would_end_game());
    play(position, {"pass"});
    CHECK(position.is_over());
    CHECK_FALSE(position.is_no_result());
    CHECK_FALSE(legal(position, "D4"));
    CHECK_FALSE(legal(position, "pass"));
    position.play({Color::kWhite, at(position, "D4")});
    CHECK_FALSE(position.is_over());
  }
}

TEST_CASE("Under simple ko, a second pass in the same situation ends the game") {
  Position position = position_of(R"(
    . . . . .
    X . . . .
    X O O O .
    . X . O .)",
                                  Color::kBlack, rules_with(KoRule::kSimple));
  play(position, {"C1", "A1", "B1", "pass", "C1", "A1", "B1"});
  CHECK(position.consecutive_passes() == 0);
  CHECK(position.pass_would_end_game());
  play(position, {"pass"});
  CHECK(position.is_over());
}

TEST_CASE("The first pass takes the button and counts for nothing else") {
  Rules rules = rules_with(KoRule::kSituational);
  rules.has_button = true;
  Position position({5, 5}, rules);
  CHECK(position.has_button());
  play(position, {"C3", "pass"});
  CHECK_FALSE(position.has_button());
  CHECK(position.white_bonus() == 0.5F);
  CHECK_FALSE(position.pass_would_end_game());
  play(position, {"pass"});
  CHECK_FALSE(position.is_over());
  play(position, {"pass"});
  CHECK(position.is_over());
  CHECK(position.self_komi(Color::kWhite) == rules.komi + 0.5F);
  CHECK(position.self_komi(Color::kBlack) == -rules.komi - 0.5F);
}

TEST_CASE("White's handicap bonus") {
  const Board setup = Board::parse("X.X\n...\nX..").value();
  const std::pair<HandicapBonus, float> table[] = {
      {HandicapBonus::kNone, 0.0F}, {HandicapBonus::kN, 3.0F}, {HandicapBonus::kNMinusOne, 2.0F}};
  for (const auto& [bonus, points] : table) {
    Rules rules;
    rules.handicap_bonus = bonus;
    CHECK(Position(setup, Color::kWhite, rules, 3).white_bonus() == points);
    CHECK(Position(setup, Color::kWhite, rules).white_bonus() == 0);
  }
}

TEST_CASE("Under territory scoring every stone costs a point, on the board or captured") {
  Position position = position_of("XX.\nOO.\n...", Color::kBlack, japanese_rules());
  CHECK(position.white_bonus() == 0);
  play(position, {"C3"});
  CHECK(position.white_bonus() == 1);
  play(position, {"pass", "A1"});
  CHECK(position.white_bonus() == 2);
  play(position, {"C2"});
  CHECK(position.white_bonus() == 1);
  play(position, {"pass"});
  CHECK(position.white_bonus() == 1);
}

TEST_CASE("Boards of one and two turns ago") {
  Position position = position_of(R"(
    . X O . .
    X O . O .
    . X O . .
    . . . . .
    . . . . .)",
                                  Color::kBlack, rules_with(KoRule::kSimple));
  const std::string start = position.board().to_diagram();
  CHECK(position.board_ago(2).to_diagram() == start);
  play(position, {"C4", "E1"});
  CHECK(position.board_ago(2).to_diagram() == start);
  CHECK(position.board_ago(1).ko_point() == at(position, "B4"));
  CHECK(position.board_ago(1).prisoners(Color::kWhite) == 1);
  CHECK(position.board_ago(1).liberties(at(position, "C4")) == 1);
  CHECK(position.board_ago(0).to_diagram() == position.board().to_diagram());
  CHECK(position.board_ago(1).hash() == position.board_ago(1).hash());
  play(position, {"pass"});
  CHECK(position.board_ago(1).to_diagram() == position.board().to_diagram());
}

TEST_CASE("Keys tell apart what matters and join what does not") {
  const Rules rules = rules_with(KoRule::kSituational);
  const auto after = [&](std::initializer_list<const char*> moves) {
    Position position({5, 5}, rules);
    play(position, moves);
    return position;
  };
  const Position base = after({"C3", "D3", "C4", "D4"});
  const Position transposed = after({"C4", "D3", "C3", "D4"});
  CHECK(base.state_key() == transposed.state_key());
  CHECK(base.evaluation_key() != transposed.evaluation_key());
  CHECK(base.evaluation_key() == after({"C3", "D3", "C4", "D4"}).evaluation_key());

  Position other = base;
  other.set_komi(6.5F);
  CHECK(other.state_key() != base.state_key());
  other = base;
  other.set_to_move(Color::kWhite);
  CHECK(other.state_key() != base.state_key());
  other = base;
  other.play(Point::pass());
  other.set_to_move(Color::kBlack);
  CHECK(other.state_key() != base.state_key());  // a pass would now end the game
}

TEST_CASE("Keys know ko and superko bans") {
  for (const KoRule ko : kAllKoRules) {
    Position banned = position_of(kKoDiagram, Color::kBlack, rules_with(ko));
    play(banned, {"C4"});
    const Position fresh(Board::parse(banned.board().to_diagram()).value(), Color::kWhite,
                         rules_with(ko));
    CHECK(fresh.is_legal(at(fresh, "B4")));
    CHECK(fresh.state_key() != banned.state_key());
  }
}

TEST_CASE("A copy into a used position is as good as a new one") {
  Position small({3, 3});
  small.play(Point::at(1, 1));
  Position big({19, 19}, chinese_rules());
  for (int x = 0; x < 19; ++x) big.play(Point::at(x, x));
  Position copy = small;
  copy = big;
  CHECK(copy.evaluation_key() == big.evaluation_key());
  CHECK(copy.board().to_diagram() == big.board().to_diagram());
  copy = small;
  CHECK(copy.evaluation_key() == small.evaluation_key());
  CHECK(copy.board_ago(1).stone_count() == 0);
  CHECK(copy.rules() == small.rules());
}

TEST_CASE("Hidden history: what networks see begins anew, the rules forget nothing") {
  Position position({5, 5});
  for (const int x : {0, 1, 2}) position.play(Point::at(x, 2));
  Position hidden = position;
  hidden.hide_history();
  CHECK(hidden.history_turns() == 0);
  const Position fresh(position.board(), position.to_move(), position.rules());
  CHECK(hidden.evaluation_key() == fresh.evaluation_key());
  CHECK(position.evaluation_key() != fresh.evaluation_key());
  CHECK(hidden.move_ago(1).point == Point::at(2, 2));
  hidden.play(Point::at(3, 2));
  CHECK(hidden.history_turns() == 1);
}
