// Neutral points that nobody fills, between groups that live without them.
#include "engine/close_borders.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "engine/score.h"
#include "tests/support/symmetric.h"

namespace ponnuki {
namespace {

/// The number of points filled, the same in all symmetries and colours.
int points_closed(const char* diagram) {
  int closed = 0;
  bool first = true;
  test::for_each_symmetric(Board::parse(diagram).value(), [&](const Board& turned, auto&&...) {
    Board board = turned;
    PointSet filled;
    close_borders(board, filled);
    INFO(turned.to_diagram());
    CHECK(board.stone_count() == turned.stone_count() + filled.size());
    if (!first) CHECK(closed == filled.size());
    closed = filled.size();
    first = false;
  });
  return closed;
}

TEST_CASE("A neutral point between groups with two eyes is closed") {
  CHECK(points_closed(R"(
    . X . X . O . O .
    X X X X O O O O O
    X X X X O O O O O)") == 1);
  // Two chains that share an eye are one group. Space for two eyes will do as well.
  CHECK(points_closed(R"(
    . X X X . O . . .
    X X . X O O . . .
    X . X X O O . . .)") == 1);
}

TEST_CASE("A point that nobody can fill voids no territory") {
  // White takes B9 by a ko at A9. Black A9 would be a ko, and Black A9 would join a dead stone.
  const Board board = Board::parse(R"(
    . X O O O O . . .
    X O O . . . O . .
    . X O O O O O O .
    X X X O X X X O O
    X X O O O X . X O
    . X X O . X . X O
    X X X O O O X X X
    X X O O O X X . .
    X O O O X X . . .)")
                          .value();
  Rules rules = japanese_rules();
  rules.komi = 0;
  const Position end(board, Color::kBlack, rules);
  AreaMap owner{};
  score_with_dead(end, {*parse_gtp_vertex("B9", board.size())}, &owner);
  for (const char* vertex : {"D8", "F8", "G9", "J9", "J7"}) {
    INFO(vertex);
    CHECK(owner_at(owner, *parse_gtp_vertex(vertex, board.size())) == Color::kWhite);
  }
}

TEST_CASE("The liberties of a seki stay open") {
  // Black has one eye.
  CHECK(points_closed(R"(
    . X X X . O . O .
    X X X X O O O O O
    X X X X O O O O O)") == 0);
  // Two points are one eye.
  CHECK(points_closed(R"(
    . . X X . O . O .
    X X X X O O O O O
    X X X X O O O O O)") == 0);
}

TEST_CASE("An empty board and a board without neutral points stay as they are") {
  CHECK(points_closed(". . .\n. . .\n. . .") == 0);
  CHECK(points_closed(". X .\nX X X\n. X .") == 0);
}

}  // namespace
}  // namespace ponnuki
