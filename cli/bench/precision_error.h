// How far the evaluations of a net in one precision are from those in another.
#pragma once

#include <span>

#include "engine/evaluator.h"

namespace ponnuki::cli {

/// Over some positions; all zero where there is none.
struct PrecisionError {
  double policy_kl = 0;     // mean Kullback-Leibler divergence (exact || other), nats
  double winrate_mean = 0;  // of the absolute differences, in percent of a win
  double winrate_most = 0;
  double lead_mean = 0;  // the same in points
  double lead_most = 0;
  double same_move = 0;  // positions in which both have the same likeliest move, in percent
};

/// Requires as many of the one as of the other, each pair of one position.
PrecisionError compare(std::span<const Evaluation> exact, std::span<const Evaluation> other);

}  // namespace ponnuki::cli
