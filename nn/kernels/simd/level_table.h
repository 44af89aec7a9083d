// The KernelTable of a level, made of the functions in the level headers.
#pragma once

#include "nn/kernels/simd/level_bf16.h"
#include "nn/kernels/simd/level_gemm.h"
#include "nn/kernels/simd/level_outer.h"
#include "nn/kernels/simd/level_pair_gemm.h"
#include "nn/kernels/simd/level_pair_rows.h"
#include "nn/kernels/simd/level_pair_weights.h"
#include "nn/kernels/simd/level_peak.h"
#include "nn/kernels/simd/level_training.h"
#include "nn/kernels/simd/level_transformer.h"
#include "nn/kernels/simd/level_winograd.h"
#include "nn/kernels/simd/level_winograd_filter.h"
#include "nn/kernels/simd/level_winograd_pairs.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

template <typename Rows, typename Cols>
constexpr void add_winograd_kernels(KernelTable& table, TileKind kind) {
  table.winograd[kind] = {winograd_input<Rows, Cols>, winograd_pair_input<Rows, Cols>,
                          winograd_output<Rows, Cols>};
  table.training.winograd_gradient[kind] = winograd_gradient<Rows, Cols>;
  table.training.winograd_masked[kind] = winograd_masked<Rows, Cols>;
#if defined(__AVX512BF16__)
  table.training.bf16_input[kind] = bf16_input<Rows, Cols>;
  table.training.bf16_gradient[kind] = bf16_gradient<Rows, Cols>;
#endif
}

constexpr KernelTable make_table() {
  KernelTable table;
  table.vector_floats = kFloats;
  table.panel_vectors = kPanelVectors;
#if defined(__x86_64__) || defined(__ARM_FEATURE_MATMUL_INT8)
  table.has_fast_pairs = true;
#endif
  table.gemm = gemm;
  table.pair_gemm = pair_gemm;
  table.pair_rows = pair_rows;
  table.pair_weights = pair_weights<PairLayout>;
  table.sparse = sparse;
  table.epilogue_rows = epilogue_rows;
  table.pool = pool;
  table.peak_vectors = kPeakSums;
  table.peak_fp32 = peak_fp32;
  table.peak_pairs = peak_pairs;
  table.peak_read = peak_read;
  using Small = Transform<4>;
  using Large = Transform<5>;
  add_winograd_kernels<Large, Small>(table, kLargeSmall);
  add_winograd_kernels<Large, Large>(table, kLargeLarge);
  add_winograd_kernels<Small, Large>(table, kSmallLarge);
  add_winograd_kernels<Small, Small>(table, kSmallSmall);
  add_winograd_kernels<Transform<3>, Transform<3>>(table, kTiny);
  table.winograd_filter = winograd_filter;
  table.transformer = {square_sums, scaled_rows, rotate, softmax, gate};
  table.training.outer = outer<float>;
#if defined(__AVX512BF16__)
  table.training.outer_bf16 = outer<Bf16Pair>;
#endif
  table.training.masked_rows = masked_rows;
  table.training.sparse_gradient = sparse_gradient;
  table.training.winograd_filter_gradient = winograd_filter_gradient;
  return table;
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
