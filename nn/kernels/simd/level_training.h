// The loops of backward passes (training_kernels.h).
//
// The gradient of the weights is computed in Winograd's form, like the forward pass. With M = Σ_in
// V ∘ U and y = Aᵀ M A:
//
//     dM = A dy Aᵀ     dU[e] = Σ_tiles V[e]ᵀ · dM[e]     dg = Gᵀ dU G
#pragma once

#include "nn/kernels/simd/level_winograd.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

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
    const Vec scale = broadcast(args.tile_scales[t]);
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      Vec bias = load(args.epilogue.bias_gradient + c);
      output_tile<Rows, Cols>(args.shape, t, in + c,
                              [&](Vec v, std::ptrdiff_t point) PONNUKI_LAMBDA {
                                bias += masked_epilogue_value(args.epilogue, v * scale, point, c);
                              });
      store(args.epilogue.bias_gradient + c, bias);
    }
  }
}

/// Computes A dy Aᵀ for one tile and one vector of channels; calls keep_element(e, value) for every
/// element. The points of a tile that are off the board belong to the border and are zero.
template <typename Rows, typename Cols, typename KeepElement>
PONNUKI_INLINE void gradient_tile(const float* in, std::ptrdiff_t stride, std::ptrdiff_t line,
                                  const KeepElement& keep_element) {
  Vec half[Rows::kIn][Cols::kOut];  // [element][column]
  PONNUKI_UNROLL
  for (int x = 0; x < Cols::kOut; ++x) {
    Vec dy[Rows::kOut], dm[Rows::kIn];
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kOut; ++y) dy[y] = load(in + (y + 1) * line + (x + 1) * stride);
    Rows::gradient(dy, dm);
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kIn; ++y) half[y][x] = dm[y];
  }
  PONNUKI_UNROLL
  for (int y = 0; y < Rows::kIn; ++y) {
    Vec dm[Cols::kIn];
    Cols::gradient(half[y], dm);
    PONNUKI_UNROLL
    for (int x = 0; x < Cols::kIn; ++x) keep_element(element<Rows, Cols>(y, x), dm[x]);
  }
}

template <typename Rows, typename Cols>
void winograd_gradient(const WinogradInputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + args.shape.tiles[t].origin * args.in_stride;
    float* out = args.out + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      gradient_tile<Rows, Cols>(
          in + c, args.in_stride, args.shape.line * args.in_stride,
          [&](int e, Vec v) PONNUKI_LAMBDA { store(out + e * args.shape.element_stride + c, v); });
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
