// The weights' side of Winograd's method: U = G g Gᵀ (nn/kernels/simd/level_winograd.h).
#pragma once

#include "nn/kernels/conv/conv_weights.h"

namespace ponnuki::nn::kernels {

/// G: element e of a transformed filter is Σ_t kWinogradG[e][t] * filter[t]. Rows are (1, p, p²)
/// over the product of the differences between point p and the other finite points.
extern const double kWinogradG[kTileElements][3];

inline constexpr int kWinogradElements = kTileElements * kTileElements;

/// The largest value that an element of the transformed inputs can have if all inputs lie between
/// lo <= 0 and hi >= 0, in units of hi - lo; over tiles of all sizes.
double winograd_reach(int element);

/// [element][panel][in][width], panels for one element. Requires 3 × 3 kernels.
AlignedFloats winograd_weights(const KernelTable& kernels, const ConvWeights& weights,
                               const std::vector<Panel>& panels);

}  // namespace ponnuki::nn::kernels
