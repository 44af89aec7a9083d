// Short-term errors: how far evaluations will be off within some moves. A number of the score head
// is turned into an error by a formula that KataGo has changed twice.
#pragma once

#include "nn/model/model.h"

namespace ponnuki::nn {

struct ShortTermMultipliers {
  double value, score;
};
/// Those of PostProcess; version 9 has its own.
ShortTermMultipliers short_term_multipliers(int version, const PostProcess& post);

/// The error, positive, that version >= 9 means by a number of the score head.
double short_term_error(int version, double raw, double multiplier);

/// The number that stands for an error: the inverse. Requires error > 0.
double short_term_raw(int version, double error, double multiplier);

}  // namespace ponnuki::nn
