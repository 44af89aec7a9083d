// Pairs of numbers in bf16, one pair in each 32-bit lane (Bf16Pair in training_kernels.h), and the
// transforms of Winograd's method that make them. One instruction multiplies pairs and adds both
// products to an fp32 sum: twice the work of an fp32 FMA.
#pragma once

#if defined(__AVX512BF16__)
#include <immintrin.h>
#endif

#include "nn/kernels/simd/level_training.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

#if defined(__AVX512BF16__)

typedef Bf16Pair PairVec __attribute__((vector_size(kFloats * 4), may_alias));

PONNUKI_INLINE PairVec load(const Bf16Pair* p) { return *reinterpret_cast<const PairVec*>(p); }
PONNUKI_INLINE PairVec broadcast(Bf16Pair x) { return x - PairVec{}; }
PONNUKI_INLINE void keep(PairVec& x) {
  Vec& same = reinterpret_cast<Vec&>(x);
  keep(same);
}

/// Returns sum + a.low * b.low + a.high * b.high in each lane. Operands and sums that are too small
/// for a normal float count as 0.
PONNUKI_INLINE Vec add_product(Vec sum, PairVec a, PairVec b) {
  return reinterpret_cast<Vec>(_mm512_dpbf16_ps(
      reinterpret_cast<__m512>(sum), reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b)));
}

/// Writes v, rounded, to the low halves (of the first tile) and 0 to the high ones, or only to the
/// high halves (of the second tile). Halfway cases are rounded away from zero. Infinities and the
/// NaNs of arithmetic stay what they are.
template <bool kSecond>
PONNUKI_INLINE void store_half(Bf16Pair* p, Vec v) {
  const PairVec rounded = reinterpret_cast<PairVec>(v) + 0x8000U;
  PairVec& pair = *reinterpret_cast<PairVec*>(p);
  pair = kSecond ? pair | (rounded & 0xFFFF0000U) : rounded >> 16;
}

/// Calls transform(in, keep_element) for every tile and every vector of channels.
template <bool kSecond, typename Transform>
PONNUKI_INLINE void bf16_tile(const WinogradBf16Args& args, int t, int c,
                              const Transform& transform) {
  Bf16Pair* out = args.out + static_cast<std::ptrdiff_t>(t / 2) * args.shape.channels + c;
  transform(args.in + args.shape.tiles[t].origin * args.in_stride + c,
            [&](int e, Vec v)
                PONNUKI_LAMBDA { store_half<kSecond>(out + e * args.shape.element_stride, v); });
}
template <typename Transform>
PONNUKI_INLINE void bf16_tiles(const WinogradBf16Args& args, const Transform& transform) {
  for (int t = 0; t < args.shape.tile_count; t += 2) {
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      bf16_tile<false>(args, t, c, transform);
      if (t + 1 < args.shape.tile_count) bf16_tile<true>(args, t + 1, c, transform);
    }
  }
}

template <typename Rows, typename Cols>
void bf16_input(const WinogradBf16Args& args) {
  bf16_tiles(args, [&](const float* in, const auto& keep_element) PONNUKI_LAMBDA {
    input_tile<Rows, Cols>(in, args.in_stride, args.shape.line * args.in_stride, keep_element);
  });
}
template <typename Rows, typename Cols>
void bf16_gradient(const WinogradBf16Args& args) {
  bf16_tiles(args, [&](const float* in, const auto& keep_element) PONNUKI_LAMBDA {
    gradient_tile<Rows, Cols>(in, args.in_stride, args.shape.line * args.in_stride, keep_element);
  });
}

#endif

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
