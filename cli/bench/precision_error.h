// The difference between the evaluations of a net in two precisions.
#pragma once

#include <span>

#include "engine/evaluator.h"

namespace ponnuki::cli {

/// Over some positions; all zero without positions.
struct PrecisionError {
  double policy_kl = 0;     // mean Kullback-Leibler divergence (exact || other), nats
  double winrate_mean = 0;  // of the absolute differences, in percentage points
  double winrate_most = 0;
  double lead_mean = 0;  // of the absolute differences, in points
  double lead_most = 0;
  double same_move = 0;  // share of positions with the same likeliest move, in percent
};

/// Requires spans of equal length; each pair is of one position.
PrecisionError compare(std::span<const Evaluation> exact, std::span<const Evaluation> other);

}  // namespace ponnuki::cli
