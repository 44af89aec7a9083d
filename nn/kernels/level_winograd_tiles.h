// The one-dimensional transforms of Winograd's method, with shared sums taken out. Points are the
// interpolation points of Toom and Cook; the matching G for weights is in winograd_weights.cc, and
// a test holds the three matrices together.
#pragma once

#include "nn/kernels/level_vec.h"

namespace ponnuki::PONNUKI_LEVEL {
namespace {

/// F(4, 3), points 0, ±1, ±2, ∞:
///        |4  0 -5  0 1 0|
///        |0 -4 -4  1 1 0|            |1 1  1 1  1 0|
///   Bᵀ = |0  4 -4 -1 1 0|       Aᵀ = |0 1 -1 2 -2 0|
///        |0 -2 -1  2 1 0|            |0 1  1 4  4 0|
///        |0  2 -1 -2 1 0|            |0 1 -1 8 -8 1|
///        |0  4  0 -5 0 1|
struct TileF4 {
  static constexpr int kOut = 4, kIn = 6;

  static PONNUKI_INLINE void input(const Vec (&d)[6], Vec (&v)[6]) {
    const Vec even4 = d[4] - 4.0F * d[2], odd4 = d[3] - 4.0F * d[1];
    const Vec even1 = d[4] - d[2], odd2 = 2.0F * (d[3] - d[1]);
    v[0] = 4.0F * d[0] + (d[4] - 5.0F * d[2]);
    v[1] = even4 + odd4;
    v[2] = even4 - odd4;
    v[3] = even1 + odd2;
    v[4] = even1 - odd2;
    v[5] = 4.0F * d[1] + (d[5] - 5.0F * d[3]);
  }
  static PONNUKI_INLINE void output(const Vec (&m)[6], Vec (&y)[4]) {
    const Vec sum1 = m[1] + m[2], difference1 = m[1] - m[2];
    const Vec sum2 = m[3] + m[4], difference2 = m[3] - m[4];
    y[0] = m[0] + sum1 + sum2;
    y[1] = difference1 + 2.0F * difference2;
    y[2] = sum1 + 4.0F * sum2;
    y[3] = difference1 + (8.0F * difference2 + m[5]);
  }
};

/// F(3, 3), points 0, ±1, 2, ∞:
///        |2 -1 -2  1 0|
///        |0 -2 -1  1 0|         |1 1  1 1 0|
///   Bᵀ = |0  2 -3  1 0|    Aᵀ = |0 1 -1 2 0|
///        |0 -1  0  1 0|         |0 1  1 4 1|
///        |0  2 -1 -2 1|
struct TileF3 {
  static constexpr int kOut = 3, kIn = 5;

  static PONNUKI_INLINE void input(const Vec (&d)[5], Vec (&v)[5]) {
    const Vec d31 = d[3] - d[1];
    v[0] = 2.0F * (d[0] - d[2]) + d31;
    v[1] = (d[3] - d[2]) - 2.0F * d[1];
    v[2] = (d[3] - 3.0F * d[2]) + 2.0F * d[1];
    v[3] = d31;
    v[4] = (d[4] - d[2]) - 2.0F * d31;
  }
  static PONNUKI_INLINE void output(const Vec (&m)[5], Vec (&y)[3]) {
    const Vec sum = m[1] + m[2];
    y[0] = m[0] + sum + m[3];
    y[1] = (m[1] - m[2]) + 2.0F * m[3];
    y[2] = sum + (4.0F * m[3] + m[4]);
  }
};

}  // namespace
}  // namespace ponnuki::PONNUKI_LEVEL
