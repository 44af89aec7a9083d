// The blocks of a trunk. All are pre-activation residuals: x += f(x).
#pragma once

#include <vector>

#include "nn/feature_maps.h"
#include "nn/model.h"

namespace ponnuki {

/// Applies the blocks in order, in place. `patches` is scratch of the convolutions (nn/conv.h).
void apply_blocks(const std::vector<Block>& blocks, FeatureMaps& x, std::vector<float>& patches);

}  // namespace ponnuki
