// Protective moves that only reading shows.
#include "engine/referee/teire.h"

#include <catch2/catch.hpp>

#include "engine/coord.h"
#include "tests/support/symmetric.h"

using namespace ponnuki;

namespace {

int moves_needed(const char* diagram, const std::vector<const char*>& dead) {
  const Board board = Board::parse(diagram).value();
  int needed = -1;
  test::for_each_symmetric(board, [&](const Board& turned, const auto& map, bool) {
    PointSet stones;
    for (const char* vertex : dead) stones.add(map(*parse_gtp_vertex(vertex, board.size())));
    const int here = referee::protective_moves(turned, stones).size();
    if (needed >= 0) CHECK(here == needed);
    needed = here;
  });
  return needed;
}

}  // namespace

TEST_CASE("Dead stones that are not captured yet can make a protective move necessary") {
  // From a game of the engine against itself, dame filled. C8 D8 C7 are dead. White threatens F9,
  // which leaves the five stones at the upper right in atari: if Black connects at F8, White
  // captures everything at E9. GNU Go 3.8 and KataGo 1.17.2 count B+1.5, not B+2.5.
  CHECK(moves_needed(R"(
    . . X . . . X X X
    . X O O X . X O X
    . X O X X X O O O
    X . X O O X X O O
    X . X O X X O O .
    X X X O O X O . O
    X O O O O X X O O
    O . . . O X X X O
    . O . . O O O X X)",
                     {"C8", "D8", "C7"}) == 1);
}

TEST_CASE("Settled borders need no protective moves") {
  CHECK(moves_needed(R"(
    . X O . .
    X X O . O
    . X O O .
    X X O . O)",
                     {}) == 0);
}
