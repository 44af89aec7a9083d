// Sums of outer products (OuterArgs in training_kernels.h), in fp32 and in bf16.
#pragma once

#include "nn/kernels/simd/level_bf16.h"
#include "nn/kernels/simd/level_gemm.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

PONNUKI_INLINE Vec add_product(Vec sum, Vec a, Vec b) { return sum + a * b; }

/// One register tile of `out`: kRows rows by kVectors vectors, summed over all t.
template <int kVectors, int kRows, typename Operand>
void outer_tile(const OuterArgs<Operand>& args, int row, int col) {
  float* out = args.out + row * args.out_stride + col;
  Vec acc[kRows][kVectors];
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      acc[r][v] = load(out + r * args.out_stride + v * kFloats);
      __builtin_prefetch(out + (kRows + r) * args.out_stride + v * kFloats, 1, 3);
    }
  }
  const Operand* left = args.left + row;
  const Operand* right = args.right + col;
  for (int t = 0; t < args.count; ++t, left += args.left_stride, right += args.right_stride) {
    decltype(load(right)) panel[kVectors];
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      panel[v] = load(right + v * kFloats);
      keep(panel[v]);
    }
    PONNUKI_UNROLL
    for (int r = 0; r < kRows; ++r) {
      auto x = broadcast(left[r]);
      keep(x);
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) acc[r][v] = add_product(acc[r][v], x, panel[v]);
    }
  }
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) store(out + r * args.out_stride + v * kFloats, acc[r][v]);
  }
}

template <int kVectors, int kRows, typename Operand>
void outer_rows(int rows, const OuterArgs<Operand>& args, int row, int col) {
  if (rows == kRows) return outer_tile<kVectors, kRows>(args, row, col);
  if constexpr (kRows > 1) outer_rows<kVectors, kRows - 1>(rows, args, row, col);
}

/// kVectors vectors of columns, for all rows.
template <int kVectors, typename Operand>
void outer_columns(int vectors, const OuterArgs<Operand>& args, int col) {
  if constexpr (kVectors > 1) {
    if (vectors < kVectors) return outer_columns<kVectors - 1>(vectors, args, col);
  }
  constexpr int kRows = rows_of_tile(kVectors);
  int row = 0;
  for (int tiles = (args.rows + kRows - 1) / kRows; tiles > 0; --tiles) {
    // The tiles are as equal in size as possible.
    const int rows = (args.rows - row + tiles - 1) / tiles;
    outer_rows<kVectors, kRows>(rows, args, row, col);
    row += rows;
  }
}

template <typename Operand>
void outer(const OuterArgs<Operand>& args) {
  const int vectors = args.cols / kFloats;
  const int panels = (vectors + kPanelVectors - 1) / kPanelVectors;
  for (int p = 0; p < panels; ++p) {
    const int first = vectors * p / panels, last = vectors * (p + 1) / panels;
    outer_columns<kPanelVectors>(last - first, args, first * kFloats);
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
