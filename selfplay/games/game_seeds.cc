#include "selfplay/games/game_seeds.h"

#include "engine/random.h"

namespace ponnuki::selfplay {

std::vector<std::uint64_t> game_seeds(std::uint64_t seed, std::initializer_list<std::int64_t> place,
                                      int threads) {
  std::uint64_t mixed = splitmix64(seed);
  for (const std::int64_t number : place)
    mixed = splitmix64(mixed ^ static_cast<std::uint64_t>(number));
  Random random(mixed);
  std::vector<std::uint64_t> seeds(static_cast<std::size_t>(threads));
  for (std::uint64_t& game_seed : seeds) game_seed = random();
  return seeds;
}

}  // namespace ponnuki::selfplay
