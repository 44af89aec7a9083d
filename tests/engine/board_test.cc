// Stones, chains, liberties, captures, ko.
#include "engine/board.h"

#include <catch2/catch.hpp>
#include <vector>

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

TEST_CASE("Several chains are captured by one stone, and ko needs a single one") {
  Board board = board_of(R"(
    O X . . .
    . O X . .
    O X . . .
    X . . . .)");
  CHECK(board.play(Point::at(0, 1), Color::kBlack) == 3);
  CHECK(board.ko_point().is_none());
  CHECK(board.to_diagram() == ".X...\nX.X..\n.X...\nX....\n");
}

TEST_CASE("Chains join, and shared liberties count once") {
  Board board = board_of(R"(
    . X . X .
    . X . X .
    . . . . .)");
  CHECK(board.liberties(Point::at(1, 0)) == 5);
  board.play(Point::at(2, 1), Color::kBlack);
  CHECK(board.chain_size(Point::at(1, 0)) == 5);
  CHECK(board.liberties(Point::at(3, 0)) == 8);
  CHECK(board.chain_head(Point::at(1, 0)) == board.chain_head(Point::at(3, 1)));
}

TEST_CASE("Setup may do anything but leave a chain without liberties") {
  Board board = board_of(". X .\nX O .\n. . .");
  const auto hash = board.hash();
  CHECK_FALSE(board
                  .place(std::vector<Move>{{Color::kBlack, Point::at(2, 1)},
                                           {Color::kBlack, Point::at(1, 2)}})
                  .ok());
  CHECK_FALSE(board.place(std::vector<Move>{{Color::kBlack, Point::at(3, 0)}}).ok());
  CHECK_FALSE(board.place(std::vector<Move>{{Color::kBlack, Point::pass()}}).ok());
  CHECK(board.hash() == hash);
  CHECK(board.to_diagram() == ".X.\nXO.\n...\n");
  CHECK(board
            .place(std::vector<Move>{{Color::kEmpty, Point::at(1, 1)},
                                     {Color::kWhite, Point::at(0, 0)}})
            .ok() == false);
  CHECK(board
            .place(std::vector<Move>{{Color::kEmpty, Point::at(1, 1)},
                                     {Color::kWhite, Point::at(2, 2)}})
            .ok());
  CHECK(board.to_diagram() == ".X.\nX..\n..O\n");
  CHECK(board.stone_count() == 3);
}

TEST_CASE("Bad diagrams are errors") {
  CHECK_FALSE(Board::parse("").ok());
  CHECK_FALSE(Board::parse("..\n.").ok());
  CHECK_FALSE(Board::parse(".?").ok());
  CHECK_FALSE(Board::parse(std::string(26, '.')).ok());
  CHECK_FALSE(Board::parse("XX\nXX").ok());
  CHECK(Board::parse("# o\n+ ,").ok());
}

TEST_CASE("Hashes know the size") {
  CHECK(Board({3, 4}).hash() != Board({4, 3}).hash());
  CHECK(Board({9, 9}).hash() == Board({9, 9}).hash());
}

TEST_CASE("Simple eyes have own neighbours and at most one hostile corner, none at the edge") {
  const Board board = board_of(R"(
    . X . X . O X .
    X X X O . X X X
    . . O X . . . .
    . O X . X . . .
    . . . X O . . .)");
  CHECK(board.is_simple_eye(Point::at(0, 0), Color::kBlack));
  CHECK_FALSE(board.is_simple_eye(Point::at(2, 0), Color::kBlack));  // a hostile corner at the edge
  CHECK(board.is_simple_eye(Point::at(7, 0), Color::kBlack));
  CHECK_FALSE(board.is_simple_eye(Point::at(3, 3), Color::kBlack));  // two hostile corners
  CHECK_FALSE(board.is_simple_eye(Point::at(0, 0), Color::kWhite));
}
