// Input planes, drawn as diagrams: '1' where a plane is set. tests/nn/evaluators/raw_nn_test.cc
// compares what a net makes of them with KataGo.
#include "nn/inputs/planes.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/coord.h"
#include "engine/random.h"
#include "tests/support/encoding.h"

namespace ponnuki::nn {
namespace {

using test::encode;
using test::Encoding;

Position setup(const char* diagram, Color to_move, const Rules& rules = tromp_taylor_rules()) {
  const Result<Board> board = Board::parse(diagram);
  REQUIRE(board.ok());
  return Position(*board, to_move, rules);
}

void play(Position& position, std::initializer_list<const char*> vertices) {
  for (const char* vertex : vertices) position.play(*parse_gtp_vertex(vertex, position.size()));
}

TEST_CASE("planes 0 to 5: board, stones and liberties") {
  const char* diagram = R"(
X....
O.X..
..XO.
..O..
.....)";
  const Encoding black = encode(setup(diagram, Color::kBlack));
  CHECK(black.plane(0) == "\n11111\n11111\n11111\n11111\n11111\n");
  const std::string black_stones = R"(
1....
..1..
..1..
.....
.....
)";
  const std::string white_stones = R"(
.....
1....
...1.
..1..
.....
)";
  CHECK(black.plane(1) == black_stones);
  CHECK(black.plane(2) == white_stones);
  CHECK(black.plane(3) == R"(
1....
.....
.....
.....
.....
)");
  CHECK(black.plane(4) == R"(
.....
1....
.....
.....
.....
)");
  CHECK(black.plane(5) == R"(
.....
.....
...1.
..1..
.....
)");
  const Encoding white = encode(setup(diagram, Color::kWhite));
  CHECK(white.plane(1) == white_stones);
  CHECK(white.plane(2) == black_stones);
  CHECK(white.plane(5) == black.plane(5));
}

TEST_CASE("plane 6: points that ko or superko forbids") {
  const char* ko = R"(
.XO..
XO.O.
.XO..
.....)";
  for (const KoRule rule : {KoRule::kSimple, KoRule::kPositional}) {
    Rules rules;
    rules.ko = rule;
    Position position = setup(ko, Color::kBlack, rules);
    CHECK(encode(position).is_empty(6));
    play(position, {"C3"});  // takes B3
    CHECK(encode(position).plane(6) == R"(
.....
.1...
.....
.....
)");
  }
}

TEST_CASE("plane 6: superko, against all boards of a random game") {
  Rules rules;
  rules.ko = KoRule::kPositional;
  int superko_bans = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    Random random(seed);
    Position position(BoardSize{3, 2}, rules);
    std::set<std::string> seen{position.board().to_diagram()};
    for (int i = 0; i < 40 && !position.is_over(); ++i) {
      std::string expected = "\n";
      std::vector<Point> legal;
      for (int cell = 0; cell < 6; ++cell) {
        const Point p = Point::from_cell(cell, position.size());
        Board after = position.board();
        const bool possible = position.is_pseudo_legal({position.to_move(), p});
        if (possible) after.play(p, position.to_move());
        const bool banned = possible && seen.count(after.to_diagram()) > 0;
        superko_bans += banned && p != position.board().ko_point();
        expected += banned ? "1" : ".";
        if (cell % 3 == 2) expected += "\n";
        if (possible && !banned) legal.push_back(p);
      }
      REQUIRE(encode(position).plane(6) == expected);
      if (legal.empty()) break;
      position.play(legal[random.below(static_cast<std::uint32_t>(legal.size()))]);
      seen.insert(position.board().to_diagram());
    }
  }
  CHECK(superko_bans > 15);
}

TEST_CASE("planes 9 to 13 and numbers 0 to 4: the last five moves") {
  Position position(BoardSize{5, 5});
  play(position, {"A1", "B1", "C1", "pass", "D1", "E1"});
  const Encoding e = encode(position);
  CHECK(e.plane(9) == "\n.....\n.....\n.....\n.....\n....1\n");
  CHECK(e.plane(10) == "\n.....\n.....\n.....\n.....\n...1.\n");
  CHECK(e.is_empty(11));
  CHECK(e.plane(12) == "\n.....\n.....\n.....\n.....\n..1..\n");
  CHECK(e.plane(13) == "\n.....\n.....\n.....\n.....\n.1...\n");
  const float passes[] = {0, 0, 1, 0, 0};
  for (int i = 0; i < 5; ++i) CHECK(e.number(i) == passes[i]);
}

TEST_CASE("history stops where the players do not alternate") {
  Position position(BoardSize{5, 5});
  play(position, {"A1", "B1"});
  position.play(Move{Color::kWhite, Point::at(2, 2)});  // twice White
  const Encoding e = encode(position);
  CHECK_FALSE(e.is_empty(9));
  CHECK(e.is_empty(10));
  position.set_to_move(Color::kWhite);
  CHECK(encode(position).is_empty(9));
}

TEST_CASE("planes 14 to 17: ladders now and one and two turns ago") {
  Position position = setup(R"(
.......
..X....
.X.....
.X.....
.......
.......
.......)",
                            Color::kWhite);
  play(position, {"C5", "D5"});
  const Encoding after = encode(position);  // White C5 in atari, the ladder works
  const std::string stone = R"(
.......
.......
..1....
.......
.......
.......
.......
)";
  CHECK(after.plane(14) == stone);
  CHECK(after.plane(15) == stone);  // before D5 it was in one already
  CHECK(after.is_empty(16));        // and not on the board before that
  CHECK(after.is_empty(17));        // White is to move

  Position attacker = setup(R"(
.......
..X....
.XO....
.X.....
.......
.......
.......)",
                            Color::kBlack);
  const Encoding before = encode(attacker);
  CHECK(before.plane(17) == R"(
.......
.......
...1...
.......
.......
.......
.......
)");
  // Without history the older planes repeat the present.
  CHECK(before.plane(14) == stone);
  CHECK(before.plane(15) == stone);
  CHECK(before.plane(16) == stone);

  const Encoding without = encode(attacker, PlaneOptions{.ladders = false});
  for (int plane = 14; plane <= 17; ++plane) CHECK(without.is_empty(plane));
}

const char* const kWalls = R"(
..X.O..
..X.O..
..X.O.X)";

TEST_CASE("planes 18 and 19: area by the rules") {
  Rules rules = tromp_taylor_rules();
  Encoding e = encode(setup(kWalls, Color::kBlack, rules));
  CHECK(e.plane(18) == "\n111....\n111....\n111...1\n");
  CHECK(e.plane(19) == "\n....1..\n....1..\n....1..\n");
  e = encode(setup(kWalls, Color::kWhite, rules));
  CHECK(e.plane(19) == "\n111....\n111....\n111...1\n");

  rules.tax = TaxRule::kSeki;  // all touch neutral points: only stones count
  e = encode(setup(kWalls, Color::kBlack, rules));
  CHECK(e.plane(18) == "\n..1....\n..1....\n..1...1\n");

  rules = japanese_rules();
  e = encode(setup(kWalls, Color::kBlack, rules));
  CHECK(e.is_empty(18));
  CHECK(e.is_empty(19));
}

TEST_CASE("number 5 is komi from the player's view, 18 its wave") {
  struct Case {
    BoardSize size;
    float komi;
    Color player;
    float five, wave;
  };
  const Case cases[] = {
      // Odd area: draws at odd komi. 7.5 is half a point above a draw for White.
      {{9, 9}, 7.5F, Color::kWhite, 7.5F / 20, 0.5F},
      {{9, 9}, 7.5F, Color::kBlack, -7.5F / 20, -0.5F},
      {{9, 9}, 6.5F, Color::kWhite, 6.5F / 20, -0.5F},
      {{9, 9}, 7.0F, Color::kWhite, 7.0F / 20, 0.0F},
      {{9, 9}, 6.0F, Color::kBlack, -6.0F / 20, 0.0F},
      {{4, 3}, 0.5F, Color::kWhite, 0.5F / 20, 0.5F},
      {{4, 3}, 0.5F, Color::kBlack, -0.5F / 20, -0.5F},
      {{2, 2}, 100.0F, Color::kWhite, 24.0F / 20, 0.0F},  // clipped to the area + 20
      {{2, 2}, -100.0F, Color::kWhite, -24.0F / 20, 0.0F},
  };
  for (const Case& c : cases) {
    CAPTURE(c.komi, static_cast<int>(c.player));
    Rules rules;
    rules.komi = c.komi;
    const Encoding e = encode(Position(Board(c.size), c.player, rules));
    CHECK(e.number(5) == Approx(c.five));
    CHECK(e.number(18) == Approx(c.wave));
  }
}

TEST_CASE("where draws are possible, their value moves the komi") {
  Rules rules;
  rules.komi = 7;
  const PlaneOptions wins{.draw_value = 1.0};
  CHECK(encode(Position(Board({9, 9}), Color::kWhite, rules), wins).number(5) == Approx(0.375));
  CHECK(encode(Position(Board({9, 9}), Color::kBlack, rules), wins).number(5) == Approx(-0.375));
  rules.has_button = true;  // takes half a point: no draws
  CHECK(encode(Position(Board({9, 9}), Color::kWhite, rules), wins).number(5) == Approx(0.35));
}

TEST_CASE("numbers 6 to 17 tell the rules") {
  const auto numbers = [](const Rules& rules, std::initializer_list<int> indices) {
    const Encoding e = encode(Position(BoardSize{5, 5}, rules));
    std::vector<float> found;
    for (const int i : indices) found.push_back(e.number(i));
    return found;
  };
  using Numbers = std::vector<float>;
  Rules rules;
  rules.ko = KoRule::kSimple;
  CHECK(numbers(rules, {6, 7}) == Numbers{0, 0});
  rules.ko = KoRule::kPositional;
  CHECK(numbers(rules, {6, 7}) == Numbers{1, 0.5F});
  rules.ko = KoRule::kSituational;
  CHECK(numbers(rules, {6, 7}) == Numbers{1, -0.5F});
  rules.multi_stone_suicide = false;
  CHECK(numbers(rules, {8, 9, 10, 11, 17}) == Numbers{0, 0, 0, 0, 0});
  rules.multi_stone_suicide = true;
  rules.tax = TaxRule::kSeki;
  CHECK(numbers(rules, {8, 10, 11}) == Numbers{1, 1, 0});
  rules.tax = TaxRule::kAll;
  rules.has_button = true;
  CHECK(numbers(rules, {10, 11, 17}) == Numbers{1, 1, 1});
  CHECK(numbers(japanese_rules(), {9, 10, 11, 18}) == Numbers{1, 1, 0, 0});

  const Encoding e = encode(Position(BoardSize{5, 5}), PlaneOptions{.playout_advantage = -1.5});
  CHECK(e.number(15) == 1);
  CHECK(e.number(16) == -0.75F);
}

TEST_CASE("number 14: a pass would end the game, unless that is hidden") {
  Rules rules = tromp_taylor_rules();
  const auto after = [&](std::initializer_list<const char*> vertices, const PlaneOptions& options) {
    Position position(BoardSize{5, 5}, rules);
    play(position, vertices);
    return encode(position, options);
  };
  CHECK(after({"C3"}, {}).number(14) == 0);
  Encoding e = after({"C3", "pass"}, {});
  CHECK(e.number(14) == 1);
  CHECK(e.number(0) == 1);
  CHECK_FALSE(e.is_empty(10));

  e = after({"C3", "pass"}, {.hide_game_end = true});
  CHECK(e.number(14) == 0);
  CHECK(e.number(0) == 0);
  CHECK(e.is_empty(10));

  // Black has the whole board: only White, who does not win, is kept from knowing.
  const PlaneOptions hacks{.hide_losing_game_end = true};
  CHECK(after({"C3", "pass"}, hacks).number(14) == 1);
  CHECK(after({"C3", "pass", "C4", "pass", "pass"}, hacks).number(14) == 0);

  rules.friendly_pass_ok = true;  // two passes leave dead stones to agreement
  CHECK(after({"C3", "pass"}, {}).number(14) == 0);
  rules = japanese_rules();
  CHECK(after({"C3", "pass"}, {.hide_game_end = true}).number(14) == 1);
}

TEST_CASE("of a finished game only the last move is shown, also when play goes on") {
  Position position(BoardSize{5, 5}, tromp_taylor_rules());
  play(position, {"C3", "pass", "pass"});
  REQUIRE(position.is_over());
  Encoding e = encode(position);
  CHECK(e.number(0) == 1);
  CHECK(e.number(1) == 0);
  CHECK(e.is_empty(11));
  play(position, {"B2"});
  e = encode(position);
  CHECK_FALSE(e.is_empty(9));
  CHECK(e.number(1) == 1);
  CHECK(e.number(2) == 0);
}

}  // namespace
}  // namespace ponnuki::nn
