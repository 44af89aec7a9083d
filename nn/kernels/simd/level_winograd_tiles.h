// The one-dimensional transforms of Winograd's method, with common sums factored out.
//
// Both tile sizes use the interpolation points ±1, ±2, ±1/2; the larger one also uses infinity.
// Infinity adds no factor to the Lagrange polynomials of the other points. The six finite elements
// are therefore the same for both sizes, which share the transformed weights. For the pair ±a, with
// b and c the other two, the polynomials are (x ± a)(x² - b²)(x² - c²), hence
//
//     v(±a) = odd ± a * even,  even = d4 - (b² + c²) d2 + b²c² d0,  odd = the same of d5, d3, d1
//     v(∞)  = d6 - 21/4 d4 + 21/4 d2 - d0               from (x² - 1)(x² - 4)(x² - 1/4)
//     y(j)  = Σ over points p of p^j m(p); the last y of the larger size adds m(∞)
//
// Elements are in the order 1, -1, 2, -2, 1/2, -1/2, ∞. The transform of the weights, with the
// denominators, is in winograd_weights.cc. With symmetric pairs, the relative error in fp32 is
// 1.2e-6 (size 4) and 2.5e-6 (size 5); the usual points 0, ±1, ±2, ∞ of F(4, 3) give 1.7e-6.
#pragma once

#include "nn/kernels/simd/level_vec.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

/// F(kOutputs, 3): kOutputs + 2 inputs and as many elements.
template <int kOutputs>
struct Transform {
  static_assert(kOutputs == 4 || kOutputs == 5);
  static constexpr int kOut = kOutputs, kIn = kOutputs + 2;
  // The number of the i-th element.
  static constexpr int element(int i) { return i; }

  static PONNUKI_INLINE void input(const Vec (&d)[kIn], Vec (&v)[kIn]) {
    const Vec even1 = d[4] - 4.25F * d[2] + d[0], odd1 = d[5] - 4.25F * d[3] + d[1];
    const Vec even2 = d[4] - 1.25F * d[2] + 0.25F * d[0];
    const Vec odd2 = d[5] - 1.25F * d[3] + 0.25F * d[1];
    const Vec even_half = d[4] - 5.0F * d[2] + 4.0F * d[0];
    const Vec odd_half = d[5] - 5.0F * d[3] + 4.0F * d[1];
    v[0] = odd1 + even1;
    v[1] = odd1 - even1;
    v[2] = odd2 + 2.0F * even2;
    v[3] = odd2 - 2.0F * even2;
    v[4] = odd_half + 0.5F * even_half;
    v[5] = odd_half - 0.5F * even_half;
    if constexpr (kOut == 5) v[6] = (d[6] - d[0]) + 5.25F * (d[2] - d[4]);
  }

  static PONNUKI_INLINE void output(const Vec (&m)[kIn], Vec (&y)[kOut]) {
    const Vec sum1 = m[0] + m[1], difference1 = m[0] - m[1];
    const Vec sum2 = m[2] + m[3], difference2 = m[2] - m[3];
    const Vec sum_half = m[4] + m[5], difference_half = m[4] - m[5];
    y[0] = sum1 + sum2 + sum_half;
    y[1] = difference1 + 2.0F * difference2 + 0.5F * difference_half;
    y[2] = sum1 + 4.0F * sum2 + 0.25F * sum_half;
    y[3] = difference1 + 8.0F * difference2 + 0.125F * difference_half;
    if constexpr (kOut == 5) y[4] = (m[6] + sum1) + 16.0F * sum2 + 0.0625F * sum_half;
  }

  /// The transpose of output(): the gradients of m from the gradients of y.
  static PONNUKI_INLINE void gradient(const Vec (&y)[kOut], Vec (&m)[kIn]) {
    Vec even1 = y[0] + y[2], even2 = y[0] + 4.0F * y[2], even_half = y[0] + 0.25F * y[2];
    const Vec odd1 = y[1] + y[3], odd2 = 2.0F * y[1] + 8.0F * y[3];
    const Vec odd_half = 0.5F * y[1] + 0.125F * y[3];
    if constexpr (kOut == 5) {
      even1 += y[4];
      even2 += 16.0F * y[4];
      even_half += 0.0625F * y[4];
      m[6] = y[4];
    }
    m[0] = even1 + odd1;
    m[1] = even1 - odd1;
    m[2] = even2 + odd2;
    m[3] = even2 - odd2;
    m[4] = even_half + odd_half;
    m[5] = even_half - odd_half;
  }
};

template <>
struct Transform<3> {
  static constexpr int kOut = 3, kIn = 5;
  static constexpr int element(int i) { return i < 2 ? i : i + 2; }

  static PONNUKI_INLINE void input(const Vec (&d)[5], Vec (&v)[5]) {
    const Vec even1 = 0.75F * d[0] - 3.0F * d[2], odd1 = 0.75F * d[1] - 3.0F * d[3];
    const Vec even_half = 1.875F * (d[0] - d[2]), odd_half = 3.75F * (d[1] - d[3]);
    v[0] = odd1 + even1;
    v[1] = odd1 - even1;
    v[2] = odd_half + even_half;
    v[3] = odd_half - even_half;
    v[4] = d[4] - 1.25F * d[2] + 0.25F * d[0];
  }

  static PONNUKI_INLINE void output(const Vec (&m)[5], Vec (&y)[3]) {
    const Vec sum1 = m[0] + m[1], sum_half = m[2] + m[3];
    y[0] = sum1 + sum_half;
    y[1] = (m[0] - m[1]) + 0.5F * (m[2] - m[3]);
    y[2] = (m[4] + sum1) + 0.25F * sum_half;
  }

  static PONNUKI_INLINE void gradient(const Vec (&y)[3], Vec (&m)[5]) {
    const Vec even1 = y[0] + y[2], even_half = y[0] + 0.25F * y[2], odd_half = 0.5F * y[1];
    m[0] = even1 + y[1];
    m[1] = even1 - y[1];
    m[2] = even_half + odd_half;
    m[3] = even_half - odd_half;
    m[4] = y[2];
  }
};

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
