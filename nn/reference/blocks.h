// The blocks of a trunk. All are pre-activation residual blocks: x += f(x).
#pragma once

#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/layer_run.h"

namespace ponnuki::nn {

/// Applies the blocks in order, in place.
void apply_blocks(const std::vector<Block>& blocks, FeatureMaps& x, LayerRun& run);

}  // namespace ponnuki::nn
