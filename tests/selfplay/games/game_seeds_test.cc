// Seeds of self-play that never come twice.
#include "selfplay/games/game_seeds.h"

#include <catch2/catch.hpp>
#include <set>

namespace ponnuki::selfplay {

TEST_CASE("Game seeds: others for each seed, place and thread, and the same ones again") {
  std::set<std::uint64_t> all;
  std::size_t count = 0;
  const auto add = [&](const std::vector<std::uint64_t>& seeds) {
    all.insert(seeds.begin(), seeds.end());
    count += seeds.size();
  };
  for (std::uint64_t seed = 0; seed < 3; ++seed)
    for (std::int64_t cycle = 0; cycle < 20; ++cycle)
      for (const std::int64_t length : {0, 12, 13, 4096})
        add(game_seeds(seed, {cycle, length}, 40));
  CHECK(all.size() == count);
  CHECK(game_seeds(1, {2, 3}, 4) == game_seeds(1, {2, 3}, 4));
  CHECK(game_seeds(1, {2, 3}, 8)[3] == game_seeds(1, {2, 3}, 4)[3]);
  CHECK(game_seeds(1, {2, 3}, 1) != game_seeds(1, {3, 2}, 1));
}

}  // namespace ponnuki::selfplay
