// The loops of transformer blocks (transformer_kernels.h).
#pragma once

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_activation.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

PONNUKI_INLINE float sum_of(Vec v) {
  float sum = 0;
  PONNUKI_UNROLL
  for (int i = 0; i < kFloats; ++i) sum += v[i];
  return sum;
}
PONNUKI_INLINE float largest_of(Vec v) {
  float most = v[0];
  PONNUKI_UNROLL
  for (int i = 1; i < kFloats; ++i) most = v[i] > most ? v[i] : most;
  return most;
}

void square_sums(const SquareSumsArgs& args) {
  for (int r = 0; r < args.count; ++r) {
    const float* in = args.in + args.points[r] * args.stride;
    Vec sum = {};
    for (int c = 0; c < args.channels; c += kFloats) sum += load(in + c) * load(in + c);
    args.sums[r] = sum_of(sum);
  }
}

void scaled_rows(const ScaledRowsArgs& args) {
  for (int r = 0; r < args.count; ++r) {
    const float* in = args.in + args.points[r] * args.stride;
    float* out = args.out + static_cast<std::ptrdiff_t>(r) * args.channels;
    const Vec factor = broadcast(args.factors[r]);
    for (int c = 0; c < args.channels; c += kFloats) store(out + c, factor * load(in + c));
  }
}

/// Computes cos and sin of a sum of two angles from cos and sin of each.
void rotate(const RotateArgs& args) {
  std::ptrdiff_t row = 0;
  for (std::ptrdiff_t y = 0; y < args.height; ++y) {
    for (std::ptrdiff_t x = 0; x < args.width; ++x, row += args.stride) {
      for (int c = 0; c < args.channels; c += kFloats) {
        const Vec cos_x = load(args.cos_x + x * args.channels + c);
        const Vec sin_x = load(args.sin_x + x * args.channels + c);
        const Vec cos_y = load(args.cos_y + y * args.channels + c);
        const Vec sin_y = load(args.sin_y + y * args.channels + c);
        const Vec cos = cos_x * cos_y - sin_x * sin_y, sin = sin_x * cos_y + cos_x * sin_y;
        const Vec first = load(args.first + row + c), second = load(args.second + row + c);
        store(args.first + row + c, first * cos - second * sin);
        store(args.second + row + c, first * sin + second * cos);
      }
    }
  }
}

/// The padding holds scores that do not affect the sum.
void softmax(const SoftmaxArgs& args) {
  constexpr float kLeast = -3e38F;
  for (int r = 0; r < args.row_count; ++r) {
    float* row = args.rows + r * args.stride;
    const int padded = (args.count + kFloats - 1) / kFloats * kFloats;
    for (int i = args.count; i < padded; ++i) row[i] = kLeast;
    Vec most = load(row);
    for (int i = kFloats; i < padded; i += kFloats) most = maximum(most, load(row + i));
    const Vec shift = broadcast(largest_of(most)), scale = broadcast(args.scale);
    Vec sum = {};
    for (int i = 0; i < padded; i += kFloats) {
      const Vec e = exp(scale * (load(row + i) - shift));
      store(row + i, e);
      sum += e;
    }
    args.sums[r] = sum_of(sum);
  }
}

void gate(const GateArgs& args) {
  for (int r = 0; r < args.row_count; ++r) {
    float* row = args.rows + r * args.stride;
    for (int c = 0; c < args.channels; c += kFloats)
      store(row + c, silu(load(row + c)) * load(row + args.channels + c));
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
