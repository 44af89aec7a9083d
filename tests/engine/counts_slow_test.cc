// The larger of the published counts (see counts_test.cc).
#include <catch2/catch.hpp>

#include "tests/engine/enumeration.h"

using namespace ponnuki;

TEST_CASE("The numbers of legal positions on 3x4 and 4x4 are the published ones") {
  CHECK(count_legal_boards({3, 4}) == 321689);
  CHECK(count_legal_boards({4, 4}) == 24318165);
}

TEST_CASE("The number of 1x4 games is the published one") {
  const GameGraph graph({4, 1});
  const std::vector<int>& first_moves = graph.edges()[0];  // A1 black, A1 white, B1 black, …
  REQUIRE(first_moves.size() == 8);
  const auto games_after = [&](int node) {
    return count_paths(graph, node, 1 | std::uint64_t{1} << node);
  };
  // The other six first moves are these with colours or sides exchanged.
  CHECK(1 + 4 * games_after(first_moves[0]) + 4 * games_after(first_moves[2]) == 2098407841);
}

TEST_CASE("As many lines of play as on the naive board, deeper") {
  for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational}) {
    Rules rules;
    rules.ko = ko;
    CHECK(count_lines(Position({2, 2}, rules), 8) ==
          count_lines(naive::NaiveBoard({2, 2}, rules), 8));
    CHECK(count_lines(Position({3, 1}, rules), 12) ==
          count_lines(naive::NaiveBoard({3, 1}, rules), 12));
  }
}
