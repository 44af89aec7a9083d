// The loops of backward passes (training_kernels.h).
//
// The gradient of the weights is computed in Winograd's form, like the forward pass. With M = Σ_in
// V ∘ U and y = Aᵀ M A:
//
//     dM = A dy Aᵀ     dU[e] = Σ_tiles V[e]ᵀ · dM[e]     dg = Gᵀ dU G
#pragma once

#include "nn/kernels/simd/level_gemm.h"
#include "nn/kernels/simd/level_winograd.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

/// One register tile of `out`: kRows rows by kVectors vectors, summed over all t.
template <int kVectors, int kRows>
void outer_tile(const OuterArgs& args, int row, int col) {
  float* out = args.out + row * args.out_stride + col;
  Vec acc[kRows][kVectors];
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) acc[r][v] = load(out + r * args.out_stride + v * kFloats);
  }
  const float* left = args.left + row;
  const float* right = args.right + col;
  for (int t = 0; t < args.count; ++t, left += args.left_stride, right += args.right_stride) {
    Vec panel[kVectors];
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) {
      panel[v] = load(right + v * kFloats);
      keep(panel[v]);
    }
    PONNUKI_UNROLL
    for (int r = 0; r < kRows; ++r) {
      Vec x = broadcast(left[r]);
      keep(x);
      PONNUKI_UNROLL
      for (int v = 0; v < kVectors; ++v) acc[r][v] += x * panel[v];
    }
  }
  PONNUKI_UNROLL
  for (int r = 0; r < kRows; ++r) {
    PONNUKI_UNROLL
    for (int v = 0; v < kVectors; ++v) store(out + r * args.out_stride + v * kFloats, acc[r][v]);
  }
}

template <int kVectors, int kRows>
void outer_rows(int rows, const OuterArgs& args, int row, int col) {
  if (rows == kRows) return outer_tile<kVectors, kRows>(args, row, col);
  if constexpr (kRows > 1) outer_rows<kVectors, kRows - 1>(rows, args, row, col);
}

/// kVectors vectors of columns, for all rows.
template <int kVectors>
void outer_columns(int vectors, const OuterArgs& args, int col) {
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

void outer(const OuterArgs& args) {
  const int vectors = args.cols / kFloats;
  const int panels = (vectors + kPanelVectors - 1) / kPanelVectors;
  for (int p = 0; p < panels; ++p) {
    const int first = vectors * p / panels, last = vectors * (p + 1) / panels;
    outer_columns<kPanelVectors>(last - first, args, first * kFloats);
  }
}

/// Writes the masked and scaled gradient to `gradient`. Returns the unscaled one, for the bias.
PONNUKI_INLINE Vec masked_epilogue_value(const MaskedEpilogueArgs& f, Vec v, std::ptrdiff_t point,
                                         int c) {
  const Vec y = load(f.activated + point * f.activated_stride + c);
  const Vec masked = reinterpret_cast<Vec>((y > Vec{}) & reinterpret_cast<IntVec>(v));
  float* gradient = f.gradient + point * f.gradient_stride + c;
  const Vec scaled = masked * load(f.scale + c);
  store(gradient, f.add ? load(gradient) + scaled : scaled);
  return masked;
}

void masked_rows(const MaskedRowsArgs& args) {
  for (int c = 0; c < args.channels; c += kFloats) {
    Vec bias = load(args.epilogue.bias_gradient + c);
    for (int r = 0; r < args.count; ++r)
      bias += masked_epilogue_value(args.epilogue, load(args.in + r * args.in_stride + c),
                                    args.points[r], c);
    store(args.epilogue.bias_gradient + c, bias);
  }
}

template <typename Rows, typename Cols>
void winograd_masked(const WinogradMaskedArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      Vec bias = load(args.epilogue.bias_gradient + c);
      output_tile<Rows, Cols>(args.shape, t, in + c,
                              [&](Vec v, std::ptrdiff_t point) PONNUKI_LAMBDA {
                                bias += masked_epilogue_value(args.epilogue, v, point, c);
                              });
      store(args.epilogue.bias_gradient + c, bias);
    }
  }
}

/// Computes A dy Aᵀ. The points of a tile that are off the board belong to the border and are zero.
template <typename Rows, typename Cols>
void winograd_gradient(const WinogradInputArgs& args) {
  const std::ptrdiff_t line = args.shape.line * args.in_stride;
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + args.shape.tiles[t].origin * args.in_stride + line + args.in_stride;
    float* out = args.out + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      Vec half[Rows::kIn][Cols::kOut];  // [element][column]
      PONNUKI_UNROLL
      for (int x = 0; x < Cols::kOut; ++x) {
        Vec dy[Rows::kOut], dm[Rows::kIn];
        PONNUKI_UNROLL
        for (int y = 0; y < Rows::kOut; ++y) dy[y] = load(in + y * line + x * args.in_stride + c);
        Rows::gradient(dy, dm);
        PONNUKI_UNROLL
        for (int y = 0; y < Rows::kIn; ++y) half[y][x] = dm[y];
      }
      PONNUKI_UNROLL
      for (int y = 0; y < Rows::kIn; ++y) {
        Vec dm[Cols::kIn];
        Cols::gradient(half[y], dm);
        PONNUKI_UNROLL
        for (int x = 0; x < Cols::kIn; ++x)
          store(out + element<Rows, Cols>(y, x) * args.shape.element_stride + c, dm[x]);
      }
    }
  }
}

void sparse_gradient(const SparseGradientArgs& args) {
  for (int c = 0; c < args.channels; c += kFloats) {
    const Vec gradient = load(args.in + c);
    for (int r = 0; r < args.run_count; ++r) {
      const SparseRun& run = args.runs[r];
      for (int i = 0; i < run.count; ++i) {
        float* row = args.weights + (run.inputs[i].row + run.first_row) * args.stride + c;
        store(row, load(row) + broadcast(run.inputs[i].value) * gradient);
      }
    }
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
