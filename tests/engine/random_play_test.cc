// Random games move by move against the naive reference board: many sizes, all ko rules, with and
// without suicide.
#include "tests/engine/naive_comparison.h"

using namespace ponnuki;

namespace {

void compare_many(BoardSize size, int games, int max_moves) {
  for (const KoRule ko : {KoRule::kSimple, KoRule::kPositional, KoRule::kSituational}) {
    for (const bool suicide : {false, true}) {
      Rules rules;
      rules.ko = ko;
      rules.multi_stone_suicide = suicide;
      for (int game = 0; game < games; ++game) {
        compare_random_game(size, rules, static_cast<std::uint64_t>(game), max_moves);
      }
    }
  }
}

}  // namespace

TEST_CASE("Random games on tiny boards agree with the naive board") {
  const BoardSize sizes[] = {{1, 1}, {1, 2}, {2, 1}, {1, 5}, {2, 2},
                             {3, 2}, {2, 4}, {3, 3}, {4, 3}};
  for (const BoardSize size : sizes) compare_many(size, 12, 120);
}

TEST_CASE("Random games on larger boards agree with the naive board") {
  compare_many({5, 5}, 2, 120);
  compare_many({7, 4}, 1, 120);
}

TEST_CASE("Random games at the largest widths agree with the naive board") {
  compare_random_game({25, 2}, Rules{}, 1, 120);
  compare_random_game({2, 25}, Rules{}, 2, 120);
}
