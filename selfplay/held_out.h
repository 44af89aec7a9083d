// How well a net predicts games that it has not learned from.
#pragma once

#include "engine/worker_pool.h"
#include "nn/network.h"
#include "selfplay/game_collection.h"

namespace ponnuki::selfplay {

/// Means over positions, shown without a symmetry. A move competes with all points of the board,
/// legal or not.
struct HeldOutReport {
  std::int64_t positions = 0;
  double policy_loss = 0;         // of the move played, nats
  double top1 = 0;                // share of the moves played that are the net's first choice
  double top5 = 0;                // that are among its first five
  std::int64_t valued = 0;        // positions of games whose winner is known
  double value_loss = 0;          // nats
  double value_accuracy = 0;      // share where the net prefers the winner; draws left out
  std::int64_t owned = 0;         // positions of games that were counted
  double ownership_accuracy = 0;  // share of their owned points that the net gives to the owner
};

/// Over all positions, or over `most` of them, evenly spread, where there are more. On so many
/// threads of `workers`.
HeldOutReport evaluate_held_out(nn::Network& network, const GameCollection& games,
                                std::int64_t most, int threads, WorkerPool& workers);

}  // namespace ponnuki::selfplay
