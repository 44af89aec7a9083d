// Makes a larger model that computes the same function as a smaller one, so that training can
// continue from it: Net2Net (Chen et al., arXiv 1511.05641) for residual nets.
#pragma once

#include "engine/result.h"
#include "nn/model/model.h"

namespace ponnuki::nn {

/// Gives `large`, which has random weights, the function of `small`. The channels of the small
/// model become the first channels of each layer and do not depend on the new channels. New
/// channels keep their random weights, so that they have a gradient. A new block adds nothing to
/// the old channels. Blocks are matched in order within each kind (plain, pooling). Returns an
/// error if `small` does not fit into `large`, for example because `large` has fewer channels.
Result<Model> grow_model(const Model& small, Model large);

}  // namespace ponnuki::nn
