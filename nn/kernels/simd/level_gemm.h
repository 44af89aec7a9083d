// The matrix product, and a sparse product for the first layer.
//
// One register tile is kRows rows by kVectors vectors of outputs. Each input i adds one outer
// product to the tile:
//
//               w[i]:  | vec 0 | vec 1 | ... | vec 5 |     loaded once
//     rows[0][i]  ->   |  acc  |  acc  | ... |  acc  |
//     rows[1][i]  ->   |  acc  |  acc  | ... |  acc  |     6 vectors × 4 rows = 24 of 32 registers
//     rows[2][i]  ->   |  acc  |  acc  | ... |  acc  |     for AVX-512; 3 × 4 of 16 for AVX2
//     rows[3][i]  ->   |  acc  |  acc  | ... |  acc  |
//     (broadcast)
//
// Rows are given by pointers. The same loop therefore serves 1 × 1 convolutions, the elements of
// Winograd's method and, with a list of rows for every tap, any other convolution.
#pragma once

#include "nn/kernels/simd/kernel_table.h"
#include "nn/kernels/simd/level_vec.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

constexpr int kPanelVectors = PONNUKI_PANEL_VECTORS;

/// The most rows for which the accumulators, a panel's vectors and one broadcast fit in registers.
constexpr int rows_of_tile(int vectors) {
  const int rows = PONNUKI_ACCUMULATORS / vectors;
  return rows > 8 ? 8 : rows;
}

struct TileRows {
  // Row pointers of the first tap; those of the next tap are `step` further.
  const float* const* rows;
  std::ptrdiff_t step;
  int taps, k;
  // The part of the next panel to be prefetched into the second-level cache meanwhile.
  const char* ahead;
};

constexpr int kAheadBytes = 128;  // prefetched for each input

template <int kVectors, int kRows>
void register_tile(const float* w, const TileRows& in, float* out, std::ptrdiff_t out_stride) {
  Vec acc[kRows][kVectors] = {};
  const char* ahead = in.ahead;
  for (int tap = 0; tap < in.taps; ++tap) {
    const float* row[kRows];
    PONNUKI_UNROLL
    for (int r = 0; r < kRows; ++r) row[r] = in.rows[tap * in.step + r];
    for (int i = 0; i < in.k; ++i, w += kVectors * kFloats) {
      __builtin_prefetch(ahead, 0, 2);
      __builtin_prefetch(ahead + 64, 0, 2);
      ahead += kAheadBytes;
      Vec panel[kVectors];
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) {
        panel[v] = load(w + v * kFloats);
        keep(panel[v]);
      }
      PONNUKI_UNROLL
      for (int r = 0; r < kRows; ++r) {
        Vec x = broadcast(row[r][i]);
        keep(x);
        PONNUKI_UNROLL
        for (int v = 0; v < kVectors; ++v) acc[r][v] += x * panel[v];
      }
    }
  }
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) store(out + r * out_stride + v * kFloats, acc[r][v]);
  }
}

/// Calls register_tile for a number of rows known at run time, at most kRows.
template <int kVectors, int kRows>
void tile_of_rows(int rows, const float* w, const TileRows& in, float* out, std::ptrdiff_t stride) {
  if (rows == kRows) return register_tile<kVectors, kRows>(w, in, out, stride);
  if constexpr (kRows > 1) tile_of_rows<kVectors, kRows - 1>(rows, w, in, out, stride);
}

/// Splits the rows into tiles as equal as possible: 9 = 3 + 3 + 3. A last tile of one row would be
/// slow.
template <int kVectors>
void panel_times_rows(const GemmArgs& args, const Panel& panel) {
  constexpr int kRows = rows_of_tile(kVectors);
  const float* w = args.weights + panel.offset;
  float* out = args.out + panel.first;
  const std::ptrdiff_t inputs = static_cast<std::ptrdiff_t>(args.taps) * args.k;
  const bool is_last = &panel == args.panels + args.panel_count - 1;
  const float* next_panel = is_last ? args.next_weights : w + inputs * panel.width;
  TileRows in{args.rows, args.row_count, args.taps, args.k,
              reinterpret_cast<const char*>(next_panel)};
  int left = args.row_count;
  for (int tiles = (left + kRows - 1) / kRows; tiles > 0; --tiles) {
    const int rows = (left + tiles - 1) / tiles;
    tile_of_rows<kVectors, kRows>(rows, w, in, out, args.out_stride);
    in.rows += rows;
    in.ahead += inputs * kAheadBytes;
    out += rows * args.out_stride;
    left -= rows;
  }
}

template <int kVectors>
void panel_times_sparse(const SparseArgs& args, const Panel& panel) {
  Vec acc[kVectors];
  PONNUKI_UNROLL
  for (int v = 0; v < kVectors; ++v) acc[v] = load(args.bias + panel.first + v * kFloats);
  for (int r = 0; r < args.run_count; ++r) {
    const SparseRun& run = args.runs[r];
    for (int i = 0; i < run.count; ++i) {
      const std::ptrdiff_t row = run.inputs[i].row + run.first_row;
      const float* w = args.weights + panel.offset + row * panel.width;
      const Vec x = broadcast(run.inputs[i].value);
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) acc[v] += x * load(w + v * kFloats);
    }
  }
  PONNUKI_UNROLL
  for (int v = 0; v < kVectors; ++v) store(args.out + panel.first + v * kFloats, acc[v]);
}

/// Calls the instance for the panel's number of vectors.
template <int kVectors = kPanelVectors>
void gemm_panel(const GemmArgs& args, const Panel& panel) {
  if (panel.width == kVectors * kFloats) return panel_times_rows<kVectors>(args, panel);
  if constexpr (kVectors > 1) gemm_panel<kVectors - 1>(args, panel);
}
template <int kVectors = kPanelVectors>
void sparse_panel(const SparseArgs& args, const Panel& panel) {
  if (panel.width == kVectors * kFloats) return panel_times_sparse<kVectors>(args, panel);
  if constexpr (kVectors > 1) sparse_panel<kVectors - 1>(args, panel);
}

void gemm(const GemmArgs& args) {
  for (int p = 0; p < args.panel_count; ++p) gemm_panel(args, args.panels[p]);
}
void sparse(const SparseArgs& args) {
  for (int p = 0; p < args.panel_count; ++p) sparse_panel(args, args.panels[p]);
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
