// Canaries: a few known positions, by which a worker sees whether its machine computes the net as
// the learner does. A broken processor, memory or build makes other numbers.
#pragma once

#include <vector>

#include "engine/evaluator.h"
#include "engine/result.h"

namespace ponnuki::swarm {

/// What the net says of one of the positions, for the player to move.
struct Canary {
  double win = 0;     // probability
  double score = 0;   // points, as a share of the board
  double chance = 0;  // of the move that the net likes most

  friend bool operator==(const Canary&, const Canary&) = default;
};

/// The positions are the same everywhere: random moves on a board of this size.
std::vector<Canary> canaries_of(Evaluator& net, BoardSize size);
/// An error that tells the difference if it is more than rounding. None are all right.
Status compare(const std::vector<Canary>& expected, const std::vector<Canary>& found);

}  // namespace ponnuki::swarm
