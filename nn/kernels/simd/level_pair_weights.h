// Rounds weights to 16 bits (PairWeightsArgs in kernel_args.h). Training does so for every batch.
// Arithmetic is in double.
#pragma once

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_vec.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

// One register of doubles, and as many of the other types.
constexpr int kDoubles = kFloats / 2;
typedef double DoubleVec __attribute__((vector_size(kDoubles * 8), may_alias));
typedef std::int64_t MaskVec __attribute__((vector_size(kDoubles * 8), may_alias));
typedef float FewFloats __attribute__((vector_size(kDoubles * 4), may_alias));
typedef std::int32_t FewIntegers __attribute__((vector_size(kDoubles * 4), may_alias));

PONNUKI_INLINE DoubleVec load_doubles(const float* p) {
  return __builtin_convertvector(*reinterpret_cast<const FewFloats*>(p), DoubleVec);
}
PONNUKI_INLINE DoubleVec larger(DoubleVec a, DoubleVec b) { return a < b ? b : a; }

/// Rounds to nearest, halfway cases away from zero.
PONNUKI_INLINE FewIntegers rounded(DoubleVec x) {
  const FewIntegers towards_zero = __builtin_convertvector(x, FewIntegers);
  const DoubleVec rest = x - __builtin_convertvector(towards_zero, DoubleVec);
  const MaskVec up = rest >= 0.5, down = rest <= -0.5;  // -1 where true
  return towards_zero + __builtin_convertvector(down - up, FewIntegers);
}

/// kDoubles columns from `o` on.
template <typename Layout>
PONNUKI_INLINE void pair_weight_columns(const PairWeightsArgs& args, int o) {
  const float* column = args.matrix + o;
  DoubleVec sum = {}, largest = {};
  for (int i = 0; i < args.inputs; ++i) {
    const DoubleVec w = load_doubles(column + i * args.stride);
    const DoubleVec size = larger(w, -w);
    sum += size;
    largest = larger(largest, size);
  }
  const DoubleVec step = larger(sum / args.sum_limit, largest / args.limit);
  *reinterpret_cast<FewFloats*>(args.scales + o) =
      __builtin_convertvector(step / args.reach, FewFloats);
  const DoubleVec steps = sum == 0.0 ? DoubleVec{} : 1.0 / step;  // in a unit of weight
  for (int i = 0; i < args.inputs; i += 2) {
    const FewIntegers first = rounded(load_doubles(column + i * args.stride) * steps);
    FewIntegers second = {};
    if (i + 1 < args.inputs) second = rounded(load_doubles(column + (i + 1) * args.stride) * steps);
    Layout::store(args, i, o, first, second);
  }
}

template <typename Layout>
void pair_weights(const PairWeightsArgs& args) {
  for (int o = 0; o < args.columns; o += kDoubles) pair_weight_columns<Layout>(args, o);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
