// Activations on vectors. exp is expf of the Cephes library: range reduction by ln 2 in two parts,
// then a polynomial of degree 5. Its error is at most 2 units in the last place.
#pragma once

#include "nn/kernels/simd/level_vec.h"
#include "nn/model/activation_kind.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

/// e^x for x in [-87, 87], where nothing overflows.
PONNUKI_INLINE Vec exp_in_range(Vec x) {
  const Vec magic = broadcast(12582912.0F);  // 1.5 * 2^23: adding it rounds to an integer
  Vec shifted = x * 1.44269504088896341F + magic;
  const Vec n = shifted - magic;
  Vec r = x - n * 0.693359375F;
  r = r + n * 2.12194440e-4F;
  Vec p = r * 1.9875691500e-4F + 1.3981999507e-3F;
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  const Vec y = p * (r * r) + r + 1.0F;
  // n, in the lowest bits of `shifted`, is added to the exponent: y * 2^n.
  return reinterpret_cast<Vec>(reinterpret_cast<IntVec>(y) +
                               (reinterpret_cast<IntVec>(shifted) << 23));
}

/// e^x, with x clamped to [-87, 87].
PONNUKI_INLINE Vec exp(Vec x) {
  return exp_in_range(minimum(maximum(x, broadcast(-87.0F)), broadcast(87.0F)));
}

/// mish(x) = x tanh(ln(1 + e^x)) = x (e² + 2e) / (e² + 2e + 2) with e = e^x. Beyond 20 it is x.
PONNUKI_INLINE Vec mish(Vec x) {
  const Vec e = exp_in_range(minimum(maximum(x, broadcast(-87.0F)), broadcast(20.0F)));
  const Vec n = e * e + 2.0F * e;
  return x * (n / (n + 2.0F));
}

PONNUKI_INLINE Vec silu(Vec x) { return x / (1.0F + exp(-x)); }

template <Activation kActivation>
PONNUKI_INLINE Vec activate(Vec x) {
  if constexpr (kActivation == Activation::kRelu) return positive_or_zero(x);
  if constexpr (kActivation == Activation::kMish) return mish(x);
  if constexpr (kActivation == Activation::kSilu) return silu(x);
  return x;
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
