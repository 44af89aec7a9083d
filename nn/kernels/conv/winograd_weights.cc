#include "nn/kernels/conv/winograd_weights.h"

#include <algorithm>

namespace ponnuki::nn::kernels {

const double kWinogradG[kTileElements][3] = {
    {-2.0 / 9, -2.0 / 9, -2.0 / 9},     // 1:   2 (1 - 4) (1 - 1/4) = -9/2
    {2.0 / 9, -2.0 / 9, 2.0 / 9},       // -1
    {1.0 / 45, 2.0 / 45, 4.0 / 45},     // 2:   4 (4 - 1) (4 - 1/4) = 45
    {-1.0 / 45, 2.0 / 45, -4.0 / 45},   // -2
    {16.0 / 45, 8.0 / 45, 4.0 / 45},    // 1/2: 1 (1/4 - 1) (1/4 - 4) = 45/16
    {-16.0 / 45, 8.0 / 45, -4.0 / 45},  // -1/2
    {0, 0, 1},                          // ∞
};

namespace {

/// The sums of the positive and of the negative coefficients in a row of Bᵀ
/// (nn/kernels/simd/level_winograd_tiles.h). Both sums are smaller for tiny tiles, whose rows are
/// lower multiples.
struct Reach {
  double positive, negative;
};
constexpr Reach kReach[kTileElements] = {{4, 8.5},   {6.25, 6.25}, {3.75, 3.75}, {3.75, 3.75},
                                         {7.5, 7.5}, {7.5, 7.5},   {6.25, 6.25}};

}  // namespace

double winograd_reach(int element) {
  const Reach& y = kReach[element / kTileElements];
  const Reach& x = kReach[element % kTileElements];
  return std::max(y.positive * x.positive + y.negative * x.negative,
                  y.positive * x.negative + y.negative * x.positive);
}

void winograd_columns(const KernelTable& kernels, const ConvWeights& weights, int first,
                      float* elements) {
  alignas(64) float taps[9 * kChannelPad];
  for (int i = 0; i < weights.in(); ++i) {
    for (int t = 0; t < 9; ++t) weights.copy_columns(t, i, first, taps + t * kChannelPad);
    kernels.winograd_filter({taps, kChannelPad, elements + std::ptrdiff_t{i} * kChannelPad,
                             std::ptrdiff_t{weights.in()} * kChannelPad});
  }
}

AlignedFloats winograd_weights(const KernelTable& kernels, const ConvWeights& weights,
                               const std::vector<Panel>& panels) {
  const auto outs = static_cast<std::size_t>(weights.out());
  const std::size_t matrix = static_cast<std::size_t>(weights.in()) * outs;
  AlignedFloats packed(kWinogradElements * matrix), taps(9 * outs);
  AlignedFloats elements(kWinogradElements * outs);
  for (int i = 0; i < weights.in(); ++i) {
    for (int t = 0; t < 9; ++t)
      weights.copy_row(t, i, taps.data() + static_cast<std::size_t>(t) * outs);
    kernels.winograd_filter({taps.data(), weights.out(), elements.data(), weights.out()});
    for (std::size_t e = 0; e < kWinogradElements; ++e)
      pack_row(panels, i, elements.data() + e * outs, packed.data() + e * matrix);
  }
  return packed;
}

}  // namespace ponnuki::nn::kernels
