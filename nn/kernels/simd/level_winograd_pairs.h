// The input transform of Winograd's method in 16-bit integers (WinogradPairInputArgs in
// kernel_args.h).
//
// An element is a sum of inputs d with coefficients b. Let P be the sum of the positive b and N the
// sum of the absolute values of the negative ones. For inputs between lo <= 0 and hi >= 0,
//
//     |Σ b d| <= max(P hi - N lo, N hi - P lo) <= max(P, N) * (hi - lo)
//
// One pass over the tile's inputs therefore gives a scale with which none of its elements
// overflows.
#pragma once

#include "nn/kernels/simd/level_rounding.h"
#include "nn/kernels/simd/level_winograd.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

typedef std::uint32_t BitsVec __attribute__((vector_size(kFloats * 4), may_alias));

/// Returns hi - lo of a tile's inputs. It compares the floats as integers. As signed integers,
/// floats from +0 up are in order, infinity and NaN are last, and all negative floats come first.
/// As unsigned integers, negative floats come last, in order of their distance from zero.
template <typename Rows, typename Cols>
PONNUKI_INLINE float input_range(const WinogradPairInputArgs& args, const float* in) {
  IntVec greatest = {};
  BitsVec farthest = {};
  for (int y = 0; y < Rows::kIn; ++y) {
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      PONNUKI_UNROLL
      for (int x = 0; x < Cols::kIn; ++x) {
        const Vec d = load(in + (y * args.shape.line + x) * args.in_stride + c);
        const IntVec bits = reinterpret_cast<IntVec>(d);
        const BitsVec unsigned_bits = reinterpret_cast<BitsVec>(d);
        greatest = bits > greatest ? bits : greatest;
        farthest = unsigned_bits > farthest ? unsigned_bits : farthest;
      }
    }
  }
  std::int32_t hi = 0;
  std::uint32_t lo = 0x80000000U;
  for (int i = 0; i < kFloats; ++i) {
    hi = greatest[i] > hi ? greatest[i] : hi;
    lo = farthest[i] > lo ? farthest[i] : lo;
  }
  return __builtin_bit_cast(float, hi) - __builtin_bit_cast(float, lo);
}

template <typename Rows, typename Cols>
void winograd_pair_input(const WinogradPairInputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + args.shape.tiles[t].origin * args.in_stride;
    std::int16_t* out = args.out + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    const float range = input_range<Rows, Cols>(args, in);
    args.ranges[t] = range;
    float scale[kTileElements * kTileElements];
    const float per_range = range > kSmallestRange ? 1 / range : 0.0F;
    for (int e = 0; e < kTileElements * kTileElements; ++e) scale[e] = args.reach[e] * per_range;
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      input_tile<Rows, Cols>(in + c, args.in_stride, args.shape.line * args.in_stride,
                             [&](int e, Vec v) PONNUKI_LAMBDA {
                               store_rounded(out + e * args.shape.element_stride + c, v * scale[e]);
                             });
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
