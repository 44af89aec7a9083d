// The transform of the weights in Winograd's method: U = G g Gᵀ (nn/kernels/simd/level_winograd.h).
#pragma once

#include "nn/kernels/conv/conv_weights.h"

namespace ponnuki::nn::kernels {

/// G: element e of a transformed filter is Σ_t kWinogradG[e][t] * filter[t]. The row of point p is
/// (1, p, p²) divided by the product of the differences between p and the other finite points.
extern const double kWinogradG[kTileElements][3];

inline constexpr int kWinogradElements = kTileElements * kTileElements;

/// The largest value that an element of the transformed inputs can have, over tiles of all sizes,
/// if all inputs lie between lo <= 0 and hi >= 0; in units of hi - lo.
double winograd_reach(int element);

/// Writes U of kChannelPad outputs from `first` on, a multiple of it, as [element][in][kChannelPad].
/// Requires 3 × 3 kernels.
void winograd_columns(const KernelTable& kernels, const ConvWeights& weights, int first,
                      float* elements);

/// Returns U as [element][panel][in][width], with the given panels for each element. Requires 3 × 3
/// kernels.
AlignedFloats winograd_weights(const KernelTable& kernels, const ConvWeights& weights,
                               const std::vector<Panel>& panels);

}  // namespace ponnuki::nn::kernels
