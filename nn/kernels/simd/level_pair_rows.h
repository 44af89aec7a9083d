// Rounds rows of floats to 16 bits (PairRowsArgs in kernel_args.h).
#pragma once

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_rounding.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

/// max |row[c]|. Floats without their sign are in the order of their bits as integers, infinity and
/// NaN last.
PONNUKI_INLINE float largest_size(const float* row, int channels) {
  IntVec largest = {};
  for (int c = 0; c < channels; c += kFloats) {
    const IntVec bits = reinterpret_cast<IntVec>(load(row + c)) & 0x7FFFFFFF;
    largest = bits > largest ? bits : largest;
  }
  std::int32_t most = 0;
  for (int i = 0; i < kFloats; ++i) most = largest[i] > most ? largest[i] : most;
  return __builtin_bit_cast(float, most);
}

void pair_rows(const PairRowsArgs& args) {
  for (int r = 0; r < args.row_count; ++r) {
    const float* row = args.rows[r];
    std::int16_t* out = args.out + static_cast<std::ptrdiff_t>(r) * args.channels;
    const float range = largest_size(row, args.channels);
    args.ranges[r] = range;
    const float scale = range > kSmallestRange ? args.limit / range : 0.0F;
    for (int c = 0; c < args.channels; c += kFloats) store_rounded(out + c, load(row + c) * scale);
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
