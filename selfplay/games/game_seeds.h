// Seeds of self-play that never come twice. A process that plays games draws them from the place
// where its first game will be kept: the place grows with every game that is kept, so a process
// that goes on after another one plays other games, whenever that one was killed. A run from
// nothing begins at the first place, and so repeats to the bit.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace ponnuki::selfplay {

/// One seed for each thread of a process. Other seeds or another place make other ones.
std::vector<std::uint64_t> game_seeds(std::uint64_t seed, std::initializer_list<std::int64_t> place,
                                      int threads);

}  // namespace ponnuki::selfplay
