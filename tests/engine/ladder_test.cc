// Ladders as diagrams: letters below name what must be read.
#include "engine/ladder.h"

#include <catch2/catch.hpp>
#include <set>

#include "engine/coord.h"

namespace ponnuki {
namespace {

/// The laddered stones and the attacker's working moves in GTP's letters, sorted.
struct Reading {
  std::set<std::string> stones, moves;
};

Reading read_ladders(const char* diagram, Color to_move, const char* ko = nullptr) {
  Result<Board> board = Board::parse(diagram);
  REQUIRE(board.ok());
  if (ko) board->set_ko_point(*parse_gtp_vertex(ko, board->size()));
  Ladders ladders;
  find_ladders(*board, to_move, ladders);
  Reading reading;
  for (int cell = 0; cell < board->size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board->size());
    if (ladders.laddered[static_cast<std::size_t>(p.index())])
      reading.stones.insert(to_gtp(p, board->size()));
  }
  for (const Point p : ladders.working_moves) reading.moves.insert(to_gtp(p, board->size()));
  return reading;
}

using Names = std::set<std::string>;

// Row 9 is the top. White C7 has two liberties, D7 and C6.
const char* kOpenBoard = R"(
.........
..X......
.XO......
.X.......
.........
.........
.........
.........
.........)";

TEST_CASE("a ladder on the open board works, in one direction") {
  const Reading black = read_ladders(kOpenBoard, Color::kBlack);
  CHECK(black.stones == Names{"C7"});
  CHECK(black.moves == Names{"D7"});
  // For White to move the stone is as laddered, but no move of his is a working one.
  const Reading white = read_ladders(kOpenBoard, Color::kWhite);
  CHECK(white.stones == Names{"C7"});
  CHECK(white.moves.empty());
}

TEST_CASE("a stone on the path breaks the ladder") {
  CHECK(read_ladders(R"(
.........
..X......
.XO......
.X.......
.........
.........
.....O...
.........
.........)",
                     Color::kBlack)
            .stones.empty());
}

TEST_CASE("a simple ko forbids the attacker's first move") {
  CHECK(read_ladders(kOpenBoard, Color::kBlack, "D7").stones.empty());
  CHECK(read_ladders(kOpenBoard, Color::kBlack, "C6").stones == Names{"C7"});
}

TEST_CASE("a chain on the first line cannot crawl away") {
  const Reading reading = read_ladders(R"(
.....
XXX..
OO...)",
                                       Color::kBlack);
  CHECK(reading.stones == Names{"A1", "B1"});
  CHECK(reading.moves.empty());  // in atari already
  CHECK(read_ladders(R"(
.....
XX...
OO.O.)",
                     Color::kBlack)
            .stones.empty());
}

// White B3 is in atari and a stone at B2 would have one liberty. But Black C3 is in atari too.
const char* kCapture = R"(
.....
.XO..
XOXO.
X....
.X...)";

TEST_CASE("capturing a stone of the attacker's is an escape, even where ko forbids it now") {
  CHECK(read_ladders(kCapture, Color::kBlack).stones.count("B3") == 0);
  CHECK(read_ladders(kCapture, Color::kBlack, "C2").stones.count("B3") == 0);
  // Without the stone at D3 there is nothing to capture.
  CHECK(read_ladders(R"(
.....
.XO..
XOX..
X....
.X...)",
                     Color::kBlack)
            .stones.count("B3") == 1);
}

TEST_CASE("a capture that is answered by a snapback saves nothing") {
  CHECK(read_ladders(R"(
.....
XXXXX
XOOOX
XOX.X)",
                     Color::kBlack)
            .stones == Names{"B1", "B2", "C2", "D2"});
}

TEST_CASE("no stones, no ladders, reading leaves no trace on later boards") {
  LadderReader reader;
  Ladders out;
  reader.find(*Board::parse(kOpenBoard), Color::kBlack, out);
  CHECK(out.working_moves.size() == 1);
  reader.find(Board(BoardSize{9, 9}), Color::kBlack, out);
  CHECK(out.working_moves.empty());
  CHECK(std::count(out.laddered.begin(), out.laddered.begin() + 287, true) == 0);
}

}  // namespace
}  // namespace ponnuki
