// The transform of filters in Winograd's method, U = G g Gᵀ, and its transpose for gradients. The
// rows of G belong to the points 1, -1, 2, -2, 1/2, -1/2 and ∞ (nn/kernels/conv/winograd_weights.h).
#pragma once

#include "nn/kernels/simd/level_vec.h"
#include "nn/kernels/simd/training_kernels.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

constexpr float kTwoNinths = 2.0F / 9, kOne45th = 1.0F / 45;

/// u = G g.
PONNUKI_INLINE void filter_transform(const Vec (&g)[3], Vec (&u)[kTileElements]) {
  const Vec even1 = g[0] + g[2], even2 = g[0] + 4.0F * g[2], even_half = 16.0F * g[0] + 4.0F * g[2];
  const Vec odd2 = 2.0F * g[1], odd_half = 8.0F * g[1];
  u[0] = -kTwoNinths * (even1 + g[1]);
  u[1] = kTwoNinths * (even1 - g[1]);
  u[2] = kOne45th * (odd2 + even2);
  u[3] = kOne45th * (odd2 - even2);
  u[4] = kOne45th * (odd_half + even_half);
  u[5] = kOne45th * (odd_half - even_half);
  u[6] = g[2];
}

/// g = Gᵀ u.
PONNUKI_INLINE void filter_transpose(const Vec (&u)[kTileElements], Vec (&g)[3]) {
  const Vec even1 = kTwoNinths * (u[1] - u[0]), odd1 = -kTwoNinths * (u[0] + u[1]);
  const Vec even2 = kOne45th * (u[2] - u[3]), odd2 = kOne45th * (u[2] + u[3]);
  const Vec even_half = kOne45th * (u[4] - u[5]), odd_half = kOne45th * (u[4] + u[5]);
  g[0] = even1 + even2 + 16.0F * even_half;
  g[1] = odd1 + 2.0F * odd2 + 8.0F * odd_half;
  g[2] = even1 + 4.0F * even2 + 4.0F * even_half + u[6];
}

void winograd_filter(const WinogradFilterArgs& args) {
  for (int c = 0; c < args.channels; c += kFloats) {
    Vec half[kTileElements][3];  // [element][column]
    PONNUKI_UNROLL
    for (int x = 0; x < 3; ++x) {
      Vec g[3], u[kTileElements];
      PONNUKI_UNROLL
      for (int y = 0; y < 3; ++y) g[y] = load(args.taps + (y * 3 + x) * args.channels + c);
      filter_transform(g, u);
      PONNUKI_UNROLL
      for (int e = 0; e < kTileElements; ++e) half[e][x] = u[e];
    }
    for (int y = 0; y < kTileElements; ++y) {
      Vec u[kTileElements];
      filter_transform(half[y], u);
      PONNUKI_UNROLL
      for (int x = 0; x < kTileElements; ++x)
        store(args.elements + (y * kTileElements + x) * args.element_stride + c, u[x]);
    }
  }
}

void winograd_filter_gradient(const WinogradFilterGradientArgs& args) {
  for (int c = 0; c < args.channels; c += kFloats) {
    Vec half[3][kTileElements];  // [tap's column][element's row]
    for (int y = 0; y < kTileElements; ++y) {
      Vec u[kTileElements], g[3];
      PONNUKI_UNROLL
      for (int x = 0; x < kTileElements; ++x)
        u[x] = load(args.elements + (y * kTileElements + x) * args.element_stride + c);
      filter_transpose(u, g);
      PONNUKI_UNROLL
      for (int x = 0; x < 3; ++x) half[x][y] = g[x];
    }
    PONNUKI_UNROLL
    for (int x = 0; x < 3; ++x) {
      Vec g[3];
      filter_transpose(half[x], g);
      PONNUKI_UNROLL
      for (int y = 0; y < 3; ++y) store(args.taps + (y * 3 + x) * args.channels + c, g[y]);
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
