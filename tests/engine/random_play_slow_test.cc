// Longer random comparisons with the naive reference board, on the sizes that people play.
#include "tests/engine/naive_comparison.h"

using namespace ponnuki;

TEST_CASE("Random games on the usual sizes agree with the naive board") {
  for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational}) {
    Rules rules;
    rules.ko = ko;
    compare_random_game({9, 9}, rules, 3, 250);
    compare_random_game({13, 6}, rules, 4, 250);
    compare_random_game({19, 19}, rules, 5, 150);
    compare_random_game({25, 25}, rules, 6, 60);
  }
}
