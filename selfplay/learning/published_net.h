// The net that a learner publishes, and the network that computes it.
#pragma once

#include <memory>
#include <string>

#include "engine/result.h"
#include "nn/kernels/conv/precision.h"
#include "nn/network.h"
#include "selfplay/learning/learner.h"

namespace ponnuki::selfplay {

/// Learner::published() with a name, which is its shape and `suffix`, as in "b4c32-12".
nn::Model published_net(const Learner& learner, const std::string& suffix);

/// The fast network of a model. Returns an error if PONNUKI_SIMD names a level that this processor
/// lacks.
Result<std::shared_ptr<nn::Network>> network_of(nn::Model model, nn::kernels::Precision precision);

}  // namespace ponnuki::selfplay
