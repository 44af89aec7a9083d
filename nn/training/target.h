// TrainingTarget: the targets for a net's outputs at one position, from the search and the rest of
// the game. All values are from the perspective of the player to move.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace ponnuki::nn::training {

/// Probabilities of win, loss and no result. They sum to 1, or are all 0 if unknown.
using Chances = std::array<float, 3>;

/// TD values are averages of future values. Each horizon is shorter than the one before.
inline constexpr int kTdHorizons = 3;

struct TrainingTarget {
  std::vector<float> policy;  // [area + 1], sums to 1; empty: unknown
  std::vector<float> reply;   // the same for the opponent's next move
  Chances result{};           // outcome of the game
  std::array<Chances, kTdHorizons> td_values{};
  std::vector<float> ownership;  // [area], 1: the player's; empty: unknown
  std::optional<float> score;    // final, in points
  // In points: the change of komi that would make the game even.
  std::optional<float> lead;
  std::optional<float> td_score;  // over the shortest horizon
  float weight = 1;               // multiplies all terms of the loss
};

}  // namespace ponnuki::nn::training
