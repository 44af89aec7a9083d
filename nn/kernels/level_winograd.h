// Winograd's minimal filtering F(m × m, 3 × 3) on maps (Lavin and Gray, "Fast Algorithms for
// Convolutional Neural Networks", 2015): a tile of (m + 2)² inputs d gives m² outputs
//
//     y = Aᵀ [ (G g Gᵀ) ∘ (Bᵀ d B) ] A
//
// so that a convolution becomes (m + 2)² independent matrix products, one for each element of the
// transformed tile, with m² / (m + 2)² * 9 times fewer multiplications.
//
//     map (frame)                      V [element][tile][channel in]
//     +---------------+   input        e = 0:  tile 0 | tile 1 | ...
//     | d d d d d d   |  =======>      e = 1:  tile 0 | tile 1 | ...        gemm: M[e] = V[e] ·
//     U[e] | d d d d d d   |                ...
//     +---------------+                M [element][tile][channel out]  ==== output ===> maps
//     (Finish)
//
// Neighbouring tiles overlap by two points; the frame's border of zeros is the padding.
// The one-dimensional transforms are in level_winograd_tiles.h.
#pragma once

#include "nn/kernels/level_finish.h"
#include "nn/kernels/level_winograd_tiles.h"

namespace ponnuki::PONNUKI_LEVEL {
namespace {

/// Bᵀ d B for one tile and one vector of channels.
template <typename Tile>
PONNUKI_INLINE void input_tile(const WinogradInputArgs& args, const float* in, float* out) {
  constexpr int kIn = Tile::kIn;
  const std::ptrdiff_t line = args.shape.line * args.in_stride;
  Vec half[kIn][kIn];  // [row transformed][column]
  PONNUKI_UNROLL
  for (int x = 0; x < kIn; ++x) {
    Vec d[kIn], t[kIn];
    PONNUKI_UNROLL
    for (int y = 0; y < kIn; ++y) d[y] = load(in + y * line + x * args.in_stride);
    Tile::input(d, t);
    PONNUKI_UNROLL
    for (int y = 0; y < kIn; ++y) half[y][x] = t[y];
  }
  PONNUKI_UNROLL
  for (int y = 0; y < kIn; ++y) {
    Vec v[kIn];
    Tile::input(half[y], v);
    PONNUKI_UNROLL
    for (int x = 0; x < kIn; ++x) store(out + (y * kIn + x) * args.shape.element_stride, v[x]);
  }
}

template <typename Tile>
void winograd_input(const WinogradInputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + args.shape.tiles[t].origin * args.in_stride;
    float* out = args.out + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats) input_tile<Tile>(args, in + c, out + c);
  }
}

/// Aᵀ m A and the way out for one tile and one vector of channels.
template <typename Tile, Activation kActivation>
PONNUKI_INLINE void output_tile(const WinogradOutputArgs& args, const TileRef& tile,
                                const float* in, int c) {
  constexpr int kIn = Tile::kIn, kOut = Tile::kOut;
  Vec half[kOut][kIn];
  PONNUKI_UNROLL
  for (int x = 0; x < kIn; ++x) {
    Vec m[kIn], t[kOut];
    PONNUKI_UNROLL
    for (int y = 0; y < kIn; ++y) m[y] = load(in + (y * kIn + x) * args.shape.element_stride);
    Tile::output(m, t);
    PONNUKI_UNROLL
    for (int y = 0; y < kOut; ++y) half[y][x] = t[y];
  }
  const std::ptrdiff_t line = args.shape.line;
  std::ptrdiff_t point = tile.origin + line + 1;
  for (int y = 0; y < tile.rows; ++y, point += line) {
    Vec out[kOut];
    Tile::output(half[y], out);
    PONNUKI_UNROLL
    for (int x = 0; x < kOut; ++x) {
      if (x < tile.cols) finish_value<kActivation>(args.finish, out[x], point + x, c);
    }
  }
}

template <typename Tile, Activation kActivation>
void winograd_output_with(const WinogradOutputArgs& args) {
  for (int t = 0; t < args.shape.tile_count; ++t) {
    const float* in = args.in + static_cast<std::ptrdiff_t>(t) * args.shape.channels;
    for (int c = 0; c < args.shape.channels; c += kFloats)
      output_tile<Tile, kActivation>(args, args.shape.tiles[t], in + c, c);
  }
}

template <typename Tile>
void winograd_output(const WinogradOutputArgs& args) {
  switch (args.finish.activation) {
    case Activation::kRelu:
      return winograd_output_with<Tile, Activation::kRelu>(args);
    case Activation::kMish:
      return winograd_output_with<Tile, Activation::kMish>(args);
    case Activation::kSilu:
      return winograd_output_with<Tile, Activation::kSilu>(args);
    case Activation::kIdentity:
      return winograd_output_with<Tile, Activation::kIdentity>(args);
  }
}

}  // namespace
}  // namespace ponnuki::PONNUKI_LEVEL
