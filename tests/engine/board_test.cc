// Stones, chains, liberties, captures, ko.
#include "engine/board.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

namespace {

Board board_of(const char* diagram) { return Board::parse(diagram).value(); }

}  // namespace

TEST_CASE("A capture removes the chain and frees its neighbours") {
  Board board = board_of(R"(
    . X X . .
    X O O . .
    . X X . .
    . . . . .)");
  CHECK(board.liberties(Point::at(1, 1)) == 1);
  CHECK(board.play(Point::at(3, 1), Color::kBlack) == 2);
  CHECK(board.to_diagram() == ".XX..\nX..X.\n.XX..\n.....\n");
  CHECK(board.prisoners(Color::kWhite) == 2);
  CHECK(board.liberties(Point::at(3, 1)) == 4);
  CHECK(board.hash() == board_of(".XX..\nX..X.\n.XX..\n.....").hash());
  CHECK(board.ko_point().is_none());
}

TEST_CASE("A single stone that captures a single stone and has one liberty makes a ko") {
  Board board = board_of(R"(
    . X O .
    X O . O
    . X O .)");
  CHECK(board.play(Point::at(2, 1), Color::kBlack) == 1);
  CHECK(board.ko_point() == Point::at(1, 1));
  CHECK(board.would_capture(Point::at(1, 1), Color::kWhite));
}
