// Vec: PONNUKI_VEC_FLOATS floats in one register, as a compiler vector type. Only the level_*.cc
// files include this header; each sets the width and its own namespace (kernel_table.h).
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__clang__)
#define PONNUKI_UNROLL _Pragma("clang loop unroll(full)")
#else
#define PONNUKI_UNROLL _Pragma("GCC unroll 64")
#endif
#define PONNUKI_INLINE inline __attribute__((always_inline))
#define PONNUKI_LAMBDA __attribute__((always_inline))

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

constexpr int kFloats = PONNUKI_VEC_FLOATS;

typedef float Vec __attribute__((vector_size(kFloats * 4), may_alias));
typedef std::int32_t IntVec __attribute__((vector_size(kFloats * 4), may_alias));

/// The address must be aligned to a Vec. Every row of a map, of V, of M and of weights is.
PONNUKI_INLINE Vec load(const float* p) { return *reinterpret_cast<const Vec*>(p); }
PONNUKI_INLINE void store(float* p, Vec v) { *reinterpret_cast<Vec*>(p) = v; }

/// x in all lanes. It subtracts zero, because x + 0 would change x = -0.
PONNUKI_INLINE Vec broadcast(float x) { return x - Vec{}; }

/// One instruction each on x86-64, which answers b too where either is NaN.
PONNUKI_INLINE Vec minimum(Vec a, Vec b) { return a < b ? a : b; }
PONNUKI_INLINE Vec maximum(Vec a, Vec b) { return a > b ? a : b; }
PONNUKI_INLINE Vec positive_or_zero(Vec x) { return maximum(x, Vec{}); }

/// Keeps x in a register. Without it g++ folds the load into every use as a memory operand, and the
/// loads then limit the matrix product.
PONNUKI_INLINE void keep(Vec& x) {
#if defined(__AVX512F__)
  asm("" : "+v"(x));
#elif defined(__x86_64__)
  asm("" : "+x"(x));
#elif defined(__aarch64__)
  asm("" : "+w"(x));
#else
  (void)x;
#endif
}
PONNUKI_INLINE void keep(IntVec& x) {
  Vec& same = reinterpret_cast<Vec&>(x);
  keep(same);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
