// The difference between the evaluations of a net in two precisions.
#pragma once

#include <span>

#include "engine/evaluator.h"

namespace ponnuki::cli {

/// Statistics over some positions; all zero without positions.
struct PrecisionError {
  double policy_kl = 0;     // mean Kullback-Leibler divergence (exact || other), nats
  double winrate_mean = 0;  // of the absolute differences, in percentage points
  double winrate_most = 0;
  double lead_mean = 0;  // of the absolute differences, in points
  double lead_most = 0;
  // The share of positions with the same most probable move, in percent.
  double same_move = 0;
};

/// Requires spans of equal length. Each pair must belong to the same position.
PrecisionError compare(std::span<const Evaluation> exact, std::span<const Evaluation> other);

}  // namespace ponnuki::cli
