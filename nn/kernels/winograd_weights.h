// The weights' side of Winograd's method: U = G g Gᵀ (level_winograd.h).
#pragma once

#include "nn/kernels/conv_weights.h"

namespace ponnuki {

/// G: element e of a transformed filter is Σ_t kWinogradG[e][t] * filter[t]. Rows are (1, p, p²)
/// over the product of the differences between point p and the other finite points.
extern const double kWinogradG[kTileElements][3];

inline constexpr int kWinogradElements = kTileElements * kTileElements;

/// [element][panel][in][width], panels for one element. Requires 3 × 3 kernels.
AlignedFloats winograd_weights(const ConvWeights& weights, const std::vector<Panel>& panels);

}  // namespace ponnuki
