// The judgement that needs no search, in all symmetries and colours.
#include <catch2/catch.hpp>
#include <initializer_list>
#include <optional>
#include <string>

#include "engine/chains.h"
#include "engine/coord.h"
#include "engine/referee/judgement.h"
#include "tests/support/finished_position.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;

namespace {

/// `dead` names a stone of each dead chain. The points are without komi.
void check(const char* diagram, const char* rules, std::initializer_list<const char*> dead,
           std::optional<float> black_points = std::nullopt) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool swapped) {
    INFO(rules << '\n' << turned.to_diagram());
    std::vector<Point> heads;
    for (const char* vertex : dead) heads.push_back(map(*parse_gtp_vertex(vertex, board.size())));
    const Position end =
        test::finished_position(turned, rules, swapped ? Color::kWhite : Color::kBlack);
    const referee::Judgement judged = referee::judge_quickly(end);
    PointSet found;
    for (const Point p : judged.dead) found.add(p);
    CHECK(found == stones_of(turned, heads));
    const float white = judged.score.white_minus_black;
    if (black_points) CHECK((swapped ? white : -white) == *black_points);
  });
}

}  // namespace

TEST_CASE("Quick judgement: a group with two eyes lives, one with an eye is dead") {
  check(R"(
    . X . X O . O
    X X X X O O .
    O O O O . O O
    . O . O O O .
    O O O O O . O)",
        "tromp-taylor", {});
  check(R"(
    . X X X O . O
    X X X X O O .
    O O O O . O O
    . O . O O O .
    O O O O O . O)",
        "tromp-taylor", {"B5"});
}

TEST_CASE("Quick judgement: the shape of a big eye tells") {
  SECTION("three in a row, the middle taken: dead") {
    check(R"(
      . O . X O . O
      X X X X O O .
      O O O O . O O
      . O . O O O .
      O O O O O . O)",
          "tromp-taylor", {"D5"});
  }
  SECTION("four in a row: alive") {
    check(R"(
      . . . . X O . O
      X X X X X O O O
      O O O O O . O O
      . O . O O . O .
      O O O O O O . O)",
          "tromp-taylor", {});
  }
}

TEST_CASE("Quick judgement: invaders are dead where their surrounders live") {
  check(R"(
    . . . X . O . O .
    . O . X O O O O O
    . . . X O . . . .
    X X X X O . . X .
    . X . X O . . . .
    X X X O O . . . .)",
        "tromp-taylor", {"B5", "H3"});
}

TEST_CASE("Quick judgement: nobody is dead in a seki") {
  const char* diagram = R"(
    . X O . X O . O
    X X O . X O O .
    X X O X X O . O
    X . X O O O O O
    X X X O . O . O)";
  check(diagram, "japanese", {}, -3);
}

TEST_CASE("Quick judgement: who can get an eye by a capture wins the race") {
  check(R"(
    . X O . X O . O
    X X O . X O O O
    O O O X X O . O
    X X X X O O O O
    O O O O O . O .)",
        "japanese", {"B5", "E5"});
}

TEST_CASE("Quick judgement: who is behind in a race is dead") {
  // White's five stones have two liberties, Black's eight stones beside them have four.
  const char* diagram = R"(
    . X . X O O . O .
    X X X X O O O O O
    X O O O X X X X O
    X X . O X . . X O
    X X . O X . . X O)";
  check(diagram, "japanese", {"D3"}, 16);
  check(diagram, "chinese", {"D3"}, 19);
  check(diagram, "tromp-taylor", {"D3"}, 19);
}

TEST_CASE("Quick judgement: living stones that make no sense correct the playouts") {
  // Ends of games in which playouts alone killed or saved other stones.
  check(R"(
    . . X O O .
    . X X O . O
    . X O O . O
    X O X X O O
    X . . X X O
    . . . X O O)",
        "japanese", {"B3"}, 8);
  check(R"(
    O O X X . X
    X O X X X .
    . O X O X X
    . . O O X O
    . O . . O O
    . X . . . .)",
        "chinese", {"A5", "B1"}, -12);
  check(R"(
    . . . . . . .
    O O O X . . .
    X X X X O . .
    X O O X . X .
    O O O O X . .
    O . O X X . .
    . O X X . . .)",
        "japanese", {"A6", "E5"}, 27);
}

TEST_CASE("Quick judgement: small boards, where nobody is dead") {
  check(R"(
    . X .
    X X X
    . X .)",
        "japanese", {}, 4);
  const char* halves = R"(
    . X O .
    X X O O
    . X O .)";
  check(halves, "japanese", {}, 0);
  check(halves, "stone-scoring", {}, 0);
}
