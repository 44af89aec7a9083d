// The arguments of the kernels of a KernelTable (kernel_table.h).
//
// Layout of maps: [image][frame row][frame column][channel], channels padded with zeros to a
// multiple of kChannelPad, all rows aligned to 64 bytes. "Points" are numbered through all images;
// point p begins at data + p * stride. nn/kernels/step/frame.h draws the frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/model/activation_kind.h"

namespace ponnuki::nn::kernels {

/// Channels of a map are padded to a multiple of this: one vector of the widest level.
inline constexpr int kChannelPad = 16;

/// The epilogue of a convolution, for its result v at point p and channel c:
///
///     if (residual)   v += residual[p * residual_stride + c]
///     if (raw)        raw[p * raw_stride + c] = v
///     if (activated)  activated[p * activated_stride + c] = act(v * scale[c] + bias[c])
struct EpilogueArgs {
  const float* residual = nullptr;
  float* raw = nullptr;
  float* activated = nullptr;
  std::ptrdiff_t residual_stride = 0, raw_stride = 0, activated_stride = 0;
  const float* scale = nullptr;
  const float* bias = nullptr;
  Activation activation = Activation::kIdentity;
};

/// Output channels [first, first + width) of packed weights, kept together:
/// weights[offset + (tap * k + i) * width + o]. One panel is one column of register tiles.
struct Panel {
  int first = 0, width = 0;
  std::size_t offset = 0;
};

/// out[r][o] = Σ_tap Σ_i rows[tap * row_count + r][i] * weights[tap][i][o]
struct GemmArgs {
  const float* weights = nullptr;
  const float* next_weights = nullptr;  // of the next product, to be prefetched; any address
  const Panel* panels = nullptr;
  int panel_count = 0;
  const float* const* rows = nullptr;
  int row_count = 0;
  int taps = 1;
  int k = 0;  // inputs a tap
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;
};

/// The same product of 16-bit integers, in pairs of inputs, with one tap:
///
///     out[r][o] = Σ_chunk scales[chunk][o] * Σ_i rows[r][i] * weights[i][o]
///
/// weights[offset + (i / 2 * width + o) * 2 + i % 2]. Sums of a chunk must fit in 32 bits.
struct PairGemmArgs {
  const std::int16_t* weights = nullptr;
  const std::int16_t* next_weights = nullptr;
  const Panel* panels = nullptr;
  int panel_count = 0;
  const std::int16_t* const* rows = nullptr;
  int row_count = 0;
  int pairs = 0;  // of inputs
  int chunk = 0;  // pairs a chunk; the last one may be shorter
  const float* scales = nullptr;
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;  // of `scales` too
};

/// Sides of Winograd's tiles. A board is covered by large and small ones exactly, or by tiny ones.
inline constexpr int kTinyTile = 3, kSmallTile = 4, kLargeTile = 5;
/// Elements along the side of a large transformed tile; element (i, j) is number i * 7 + j.
inline constexpr int kTileElements = kLargeTile + 2;

/// Rows × columns of a tile. All but tiny ones have the elements (i < 6, j < 6); those with i = 6
/// are in kinds 0 and 1, with j = 6 in kinds 1 and 2, with both in kind 1: in this order, the tiles
/// that have an element are next to each other. Tiny tiles have i and j out of 0, 1, 4, 5, 6.
enum TileKind { kLargeSmall, kLargeLarge, kSmallLarge, kSmallSmall, kTiny, kTileKinds };

/// A tile of outputs; its inputs reach one point further to all sides.
struct TileRef {
  std::int32_t origin = 0;          // the point of the top left input
  std::int16_t rows = 0, cols = 0;  // outputs on the board, from the top left
};

/// The transformed side, V or M: element e of tile t begins at e * element_stride + t * channels.
struct WinogradArgs {
  const TileRef* tiles = nullptr;
  int tile_count = 0;
  int channels = 0;  // padded
  int line = 0;      // points a frame row
  std::ptrdiff_t element_stride = 0;
};

struct WinogradInputArgs {
  WinogradArgs shape;
  const float* in = nullptr;  // a map
  std::ptrdiff_t in_stride = 0;
  float* out = nullptr;
};

/// V in integers. For the range of a tile's inputs (from the least, or 0, to the greatest, or 0):
///
///     v = ranges[tile] / reach[element] * integer
struct WinogradPairInputArgs {
  WinogradArgs shape;  // strides of `out`
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const float* reach = nullptr;  // [element]
  std::int16_t* out = nullptr;
  float* ranges = nullptr;  // [tile]; infinite or NaN if an input is
};

struct WinogradOutputArgs {
  WinogradArgs shape;
  const float* in = nullptr;
  const float* tile_scales = nullptr;  // [tile]: what its outputs are multiplied by
  EpilogueArgs epilogue;
};

/// One input's filters for some outputs, and their transform U: element e begins at
/// elements + e * element_stride.
struct WinogradFilterArgs {
  const float* taps = nullptr;  // [9][channels]
  int channels = 0;             // padded
  float* elements = nullptr;
  std::ptrdiff_t element_stride = 0;
};

/// Values that lie in rows in[r * in_stride], for the points[r] of maps.
struct EpilogueRowsArgs {
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  EpilogueArgs epilogue;
};

/// Per channel over points: sums and maxima.
struct PoolArgs {
  const float* in = nullptr;
  std::ptrdiff_t stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  float* sum = nullptr;
  float* max = nullptr;
};

/// One input of a convolution that is not zero.
struct SparseInput {
  std::int32_t row = 0;
  float value = 0;
};

/// Inputs that meet the weights of row `row + first_row`.
struct SparseRun {
  const SparseInput* inputs = nullptr;
  int count = 0;
  std::int32_t first_row = 0;
};

/// out[o] = bias[o] + Σ_runs Σ inputs.value * weights[first_row + inputs.row][o], with panels as in
/// GemmArgs.
struct SparseArgs {
  const float* weights = nullptr;
  const Panel* panels = nullptr;
  int panel_count = 0;
  const SparseRun* runs = nullptr;
  int run_count = 0;
  const float* bias = nullptr;
  float* out = nullptr;
};

}  // namespace ponnuki::nn::kernels
