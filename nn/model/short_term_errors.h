// Short-term errors: predictions of how far evaluations will be off within the next moves. A
// formula turns a number of the score head into an error. KataGo has changed the formula twice.
#pragma once

#include "nn/model/model.h"

namespace ponnuki::nn {

struct ShortTermMultipliers {
  double value, score;
};
/// The multipliers from PostProcess; version 9 has constants instead.
ShortTermMultipliers short_term_multipliers(int version, const PostProcess& post);

/// The error, positive, that a number of the score head stands for. Requires version >= 9.
double short_term_error(int version, double raw, double multiplier);

/// The inverse: the raw number of the score head for an error. Requires error > 0.
double short_term_raw(int version, double error, double multiplier);

}  // namespace ponnuki::nn
