// A larger model that computes what a smaller one does, to go on learning from there: Net2Net (Chen
// et al., arXiv 1511.05641) for residual nets.
#pragma once

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// `large`, with random weights, becomes the same function as `small`: channels of the small model
/// are the first ones of each layer, and hear none of the new ones; new channels keep their random
/// weights, so that there is something to learn from; a new block adds nothing to the channels that
/// were there. Blocks find their like (plain, pooling) in order. An error if `large` has no room,
/// as when it has fewer channels.
Result<Model> grow_model(const Model& small, Model large);

}  // namespace ponnuki::nn
