// TrainingTarget: what a net should say about a position, according to the search and the rest of
// the game. All values are for the player to move.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace ponnuki::nn::training {

/// Chances of win, loss and no result. They add up to 1, or are all 0: unknown.
using Chances = std::array<float, 3>;

/// TD values are averages of the values to come, each over a shorter time than the one before.
inline constexpr int kTdHorizons = 3;

struct TrainingTarget {
  std::vector<float> policy;  // [area + 1], adds up to 1; empty: unknown
  std::vector<float> reply;   // the same for the opponent's next move
  Chances result{};           // of the game
  std::array<Chances, kTdHorizons> td_values{};
  std::vector<float> ownership;   // [area], 1: the player's; empty: unknown
  std::optional<float> score;     // final, in points
  std::optional<float> lead;      // in points; komi changed by it would make the game even
  std::optional<float> td_score;  // over the shortest horizon
  float weight = 1;               // of all terms
};

}  // namespace ponnuki::nn::training
