// The larger of the published counts (see counts_test.cc).
#include <catch2/catch.hpp>

#include "tests/engine/enumeration.h"

using namespace ponnuki;

TEST_CASE("The numbers of legal positions on 3x4 and 4x4 are the published ones") {
  CHECK(count_legal_boards({3, 4}) == 321689);
  CHECK(count_legal_boards({4, 4}) == 24318165);
}

TEST_CASE("The number of 1x4 games is the published one") {
  CHECK(count_paths(GameGraph({4, 1})) == 2098407841);
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
