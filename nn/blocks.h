// The blocks of a trunk. All are pre-activation residuals: x += f(x).
#pragma once

#include <vector>

#include "nn/feature_maps.h"
#include "nn/layer_run.h"
#include "nn/model.h"

namespace ponnuki {

/// Applies the blocks in order, in place.
void apply_blocks(const std::vector<Block>& blocks, FeatureMaps& x, LayerRun& run);

}  // namespace ponnuki
