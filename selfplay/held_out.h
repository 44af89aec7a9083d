// How well a net foretells games that it has not learned from.
#pragma once

#include "nn/network.h"
#include "selfplay/game_collection.h"

namespace ponnuki::selfplay {

/// Means over positions, shown as they are. Moves compete with all points of the board, legal or
/// not.
struct HeldOutReport {
  std::int64_t positions = 0;
  double policy_loss = 0;  // of the move played, nats
  double top1 = 0,
         top5 = 0;  // share of moves played that the net likes best, that are among its five
  std::int64_t valued = 0;    // positions of games whose winner is known
  double value_loss = 0;      // nats
  double value_accuracy = 0;  // share whose winner the net thinks likelier to win; draws left out
  std::int64_t owned = 0;     // positions of games that were counted
  double ownership_accuracy = 0;  // share of their owned points that the net gives to their owner
};

/// Over all positions, or over `most` of them, evenly spread, where there are more.
HeldOutReport evaluate_held_out(nn::Network& network, const GameCollection& games,
                                std::int64_t most, int threads);

}  // namespace ponnuki::selfplay
