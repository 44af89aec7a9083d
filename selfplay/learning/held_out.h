// Measures how well a net predicts games that were held out of training.
#pragma once

#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/records/game_collection.h"

namespace ponnuki::selfplay {

/// Means over positions under the identity symmetry. The policy includes all points of the board,
/// legal or not.
struct HeldOutReport {
  std::int64_t positions = 0;
  double policy_loss = 0;  // of the move played, in nats
  // The share of positions in which the net's first choice is the move played.
  double top1 = 0;
  // The share in which the move played is among its first five choices.
  double top5 = 0;
  std::int64_t valued = 0;  // positions of games with a known winner
  double value_loss = 0;    // in nats
  // The share of positions in which the net prefers the winner, without draws.
  double value_accuracy = 0;
  std::int64_t owned = 0;  // positions of games with known ownership
  // The share of their owned points for which the net predicts the owner.
  double ownership_accuracy = 0;
};

inline constexpr std::int64_t kMostHeldOut = 20000;
/// The number of positions to evaluate after learning from this many samples: at most kMostHeldOut,
/// and so few that it takes about 3 % of the time.
std::int64_t held_out_positions(std::int64_t samples);

/// Evaluates all positions or, if there are more than `most`, `most` of them, spread evenly. Uses
/// the given number of threads of `workers`.
HeldOutReport evaluate_held_out(nn::Network& network, const GameCollection& games,
                                std::int64_t most, int threads, WorkerPool& workers);

}  // namespace ponnuki::selfplay
