// Local reading of captures, in all symmetries and colours.
#include "engine/referee/capture.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;
using referee::Capture;

namespace {

/// Checks the chain at `vertex` with its opponent and with its owner to move first.
void check(const char* diagram, const char* vertex, Capture opponent_first, Capture owner_first) {
  const Board board = Board::parse(diagram).value();
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool) {
    INFO(turned.to_diagram() << vertex);
    const Point stone = map(*parse_gtp_vertex(vertex, board.size()));
    const Color owner = turned.at(stone);
    CHECK(referee::read_capture(turned, stone, opponent(owner)) == opponent_first);
    CHECK(referee::read_capture(turned, stone, owner) == owner_first);
  });
}

}  // namespace

TEST_CASE("Capture: a chain with one eye inside living stones is lost") {
  check(R"(
    . X O . O .
    X X O O O O
    O O O . O .
    . O . O O O)",
        "A3", Capture::kYes, Capture::kYes);
}

TEST_CASE("Capture: two eyes live") {
  check(R"(
    . X . X O . O
    X X X X O O .
    O O O O O . O)",
        "A2", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: whoever moves first decides about three points in a row") {
  check(R"(
    . . . X O . O
    X X X X O O .
    O O O O O . O)",
        "A2", Capture::kYes, Capture::kNo);
}

TEST_CASE("Capture: neither side may fill the two shared liberties of a seki") {
  const char* diagram = R"(
    . X O . X O . O
    X X O . X O O .
    . X O X X O . O
    X X X O O O O O
    . X X O . O . O
    X . X O O . O O)";
  check(diagram, "C4", Capture::kNo, Capture::kNo);
  check(diagram, "E4", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: three stones in a row inside an eye of five points are in seki") {
  const char* diagram = R"(
    . X X X . O X .
    O O O O O O X .
    X X X X X X X .
    . . . . . . . .)";
  check(diagram, "B4", Capture::kNo, Capture::kNo);  // who moves, loses: all may pass
  check(diagram, "A3", Capture::kNo, Capture::kNo);
}

TEST_CASE("Capture: open spaces and kos are left to others") {
  check(R"(
    . . . . .
    . X . . .
    . . . . .
    . . . . .)",
        "B3", Capture::kUnclear, Capture::kUnclear);
}
