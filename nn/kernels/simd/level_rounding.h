// Rounding of small floats to 16-bit integers.
#pragma once

#include "nn/kernels/simd/level_vec.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

typedef std::int16_t HalfVec __attribute__((vector_size(kFloats * 2), may_alias));

/// If the largest of some floats is smaller than this, they count as 0.
constexpr float kSmallestRange = 1e-30F;

/// Stores v, of which no element is larger than 2^22, rounded to integers.
PONNUKI_INLINE void store_rounded(std::int16_t* p, Vec v) {
  constexpr float kMagic = 12582912.0F;  // 1.5 * 2^23: adding it rounds to an integer in low bits
  *reinterpret_cast<HalfVec*>(p) =
      __builtin_convertvector(reinterpret_cast<IntVec>(v + kMagic), HalfVec);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
