// Winograd's minimal filtering F(m × n, 3 × 3) on maps (Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2015). m and n are each 4 or 5, or both are 3. A tile of (m + 2)
// × (n + 2) inputs d gives m × n outputs
//
//     y = Aᵀ [ (G g Gᵀ) ∘ (Bᵀ d B) ] A
//
// A convolution thus becomes independent matrix products, one for each element of the transformed
// tile, with 4 to 4.6 times fewer multiplications.
//
//     map (frame)                      V [element][tile][channel in]
//     +---------------+   input        e = 0:  tile 0 | tile 1 | ...
//     | d d d d d d   |  =======>      e = 1:  tile 0 | tile 1 | ...
//     | d d d d d d   |                ...                          gemm: M[e] = V[e] · U[e]
//     +---------------+                M [element][tile][channel out]  ==== output ===> maps
//                                                                      (EpilogueArgs)
//
// Element (i, j) has the number 7 i + j whatever the size of the tile. Smaller tiles leave rows and
// columns out. The inputs of neighbouring tiles overlap by two points. The frame's border of zeros
// is the padding of the convolution.
#pragma once

#include "nn/kernels/simd/level_epilogue.h"
#include "nn/kernels/simd/level_winograd_tiles.h"

namespace ponnuki::nn::kernels::PONNUKI_LEVEL {
namespace {

template <typename Rows, typename Cols>
constexpr int element(int i, int j) {
  return Rows::element(i) * kTileElements + Cols::element(j);
}

/// Computes Bᵀ d B for one tile and one vector of channels; calls keep_element(e, value) for every
/// element. Points are `stride` apart, rows `line`.
template <typename Rows, typename Cols, typename KeepElement>
PONNUKI_INLINE void input_tile(const float* in, std::ptrdiff_t stride, std::ptrdiff_t line,
                               const KeepElement& keep_element) {
  Vec half[Rows::kIn][Cols::kIn];  // [element][column]
  PONNUKI_UNROLL
  for (int x = 0; x < Cols::kIn; ++x) {
    Vec d[Rows::kIn], t[Rows::kIn];
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kIn; ++y) d[y] = load(in + y * line + x * stride);
    Rows::input(d, t);
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kIn; ++y) half[y][x] = t[y];
  }
  PONNUKI_UNROLL
  for (int y = 0; y < Rows::kIn; ++y) {
    Vec v[Cols::kIn];
    Cols::input(half[y], v);
    PONNUKI_UNROLL
    for (int x = 0; x < Cols::kIn; ++x) keep_element(element<Rows, Cols>(y, x), v[x]);
  }
}

template <typename Rows, typename Cols>
void winograd_input(const WinogradInputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + args.shape.tiles[t].origin * args.in_stride;
    float* out = args.out + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      input_tile<Rows, Cols>(
          in + c, args.in_stride, args.shape.line * args.in_stride,
          [&](int e, Vec v) PONNUKI_LAMBDA { store(out + e * args.shape.element_stride + c, v); });
    }
  }
}

/// Computes Aᵀ m A for tile t and one vector of channels of M, which begins at `in`; calls
/// put(value, point) for every output on the board.
template <typename Rows, typename Cols, typename Put>
PONNUKI_INLINE void output_tile(const WinogradArgs& shape, int t, const float* in, const Put& put) {
  Vec half[Rows::kOut][Cols::kIn];
  PONNUKI_UNROLL
  for (int x = 0; x < Cols::kIn; ++x) {
    Vec m[Rows::kIn], sums[Rows::kOut];
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kIn; ++y)
      m[y] = load(in + element<Rows, Cols>(y, x) * shape.element_stride);
    Rows::output(m, sums);
    PONNUKI_UNROLL
    for (int y = 0; y < Rows::kOut; ++y) half[y][x] = sums[y];
  }
  const TileRef& tile = shape.tiles[t];
  std::ptrdiff_t point = tile.origin + shape.line + 1;
  for (int y = 0; y < tile.rows; ++y, point += shape.line) {
    Vec out[Cols::kOut];
    Cols::output(half[y], out);
    PONNUKI_UNROLL
    for (int x = 0; x < Cols::kOut; ++x) {
      if (x < tile.cols) put(out[x], point + x);
    }
  }
}

template <typename Rows, typename Cols, Activation kActivation>
void winograd_output_with(const WinogradOutputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    const Vec scale = broadcast(args.tile_scales[t]);
    for (int c = 0; c < args.shape.channels; c += kFloats) {
      output_tile<Rows, Cols>(args.shape, t, in + c,
                              [&](Vec v, std::ptrdiff_t point) PONNUKI_LAMBDA {
                                epilogue_value<kActivation>(args.epilogue, v * scale, point, c);
                              });
    }
  }
}

template <typename Rows, typename Cols>
void winograd_output(const WinogradOutputArgs& args) {
  switch (args.epilogue.activation) {
    case Activation::kRelu:
      return winograd_output_with<Rows, Cols, Activation::kRelu>(args);
    case Activation::kMish:
      return winograd_output_with<Rows, Cols, Activation::kMish>(args);
    case Activation::kSilu:
      return winograd_output_with<Rows, Cols, Activation::kSilu>(args);
    case Activation::kIdentity:
      return winograd_output_with<Rows, Cols, Activation::kIdentity>(args);
  }
}

}  // namespace
}  // namespace ponnuki::nn::kernels::PONNUKI_LEVEL
