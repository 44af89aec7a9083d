// Loops that reach the peak rates of a processor. Measurements of kernels are compared with them.
#pragma once

#include "nn/kernels/simd/level_pair_gemm.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

/// Independent sums: enough to hide the latency of a multiply-add (4 or 5 cycles, two issued in
/// each cycle), and few enough for 16 registers.
constexpr int kPeakSums = 12;

/// Computes `steps` times kPeakSums vectors of multiply-adds between registers. The sums stay in
/// registers only if the compiler unrolls every loop over them.
float peak_fp32(std::int64_t steps) {
  Vec sums[kPeakSums] = {};
  Vec a = broadcast(0.5F), b = broadcast(0.25F);
  for (std::int64_t step = 0; step < steps; ++step) {
    keep(a);
    PONNUKI_UNROLL
    for (int i = 0; i < kPeakSums; ++i) {
      sums[i] += a * b;
      keep(sums[i]);
    }
  }
  Vec sum = {};
  PONNUKI_UNROLL
  for (int i = 0; i < kPeakSums; ++i) sum += sums[i];
  return sum[0];
}

/// Computes `steps` times kPeakSums vectors of multiply-adds of pairs of 16-bit integers.
float peak_pairs(std::int64_t steps) {
  IntVec sums[kPeakSums] = {};
  IntVec a = IntVec{} + 3, b = IntVec{} + 5;
  for (std::int64_t step = 0; step < steps; ++step) {
    PONNUKI_UNROLL
    for (int i = 0; i < kPeakSums; ++i) {
      keep(a);  // else one product would serve all sums, where the sum is an instruction of its own
      sums[i] = add_pair_products(sums[i], a, b);
      keep(sums[i]);
    }
  }
  IntVec sum = {};
  PONNUKI_UNROLL
  for (int i = 0; i < kPeakSums; ++i) sum += sums[i];
  return static_cast<float>(sum[0]);
}

/// Reads `count` floats. `count` must be a multiple of 16 vectors.
float peak_read(const float* data, std::int64_t count) {
  constexpr int kAtOnce = 16;
  Vec sums[kAtOnce / 4] = {};
  for (std::int64_t i = 0; i < count; i += kAtOnce * kFloats) {
    PONNUKI_UNROLL
    for (int v = 0; v < kAtOnce; ++v) sums[v % 4] += load(data + i + v * kFloats);
  }
  const Vec sum = sums[0] + sums[1] + sums[2] + sums[3];
  return sum[0];
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
