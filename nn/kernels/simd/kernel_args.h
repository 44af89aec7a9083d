// The arguments of the kernels in a KernelTable (kernel_table.h).
//
// Maps have the layout [image][frame row][frame column][channel]. Channels are padded with zeros to
// a multiple of kChannelPad, and all rows are aligned to 64 bytes. "Points" are numbered across all
// images; point p begins at data + p * stride. nn/kernels/step/frame.h draws the frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/model/activation_kind.h"

namespace ponnuki::nn::kernels {

/// The channels of a map are padded to a multiple of this: one vector of the widest level.
inline constexpr int kChannelPad = 16;

/// The epilogue of a convolution. For the result v at point p and channel c:
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

/// A panel: output channels [first, first + width) of packed weights, stored together at
/// weights[offset + (tap * k + i) * width + o]. One panel is one column of register tiles.
struct Panel {
  int first = 0, width = 0;
  std::size_t offset = 0;
};

/// out[r][o] = Σ_tap Σ_i rows[tap * row_count + r][i] * weights[tap][i][o]
struct GemmArgs {
  const float* weights = nullptr;
  // Weights of the next product, to be prefetched. May be any address.
  const float* next_weights = nullptr;
  const Panel* panels = nullptr;
  int panel_count = 0;
  const float* const* rows = nullptr;
  int row_count = 0;
  int taps = 1;
  int k = 0;  // inputs for each tap
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;
};

/// The same product in 16-bit integers, in pairs of inputs, with one tap:
///
///     out[r][o] = Σ_chunk scales[chunk][o] * Σ_i rows[r][i] * weights[i][o]
///
/// The sum over a chunk must fit in 32 bits. The layout of a panel's weights is the level's own, and
/// such that PairWeightsArgs fills it input by input: pairs of inputs [i / 2][o][i % 2], or octets
/// (level_octets.h). `pairs` and `chunk` are multiples of kPairAlign; rows go on to that.
inline constexpr int kPairAlign = 4;
struct PairGemmArgs {
  const std::int16_t* weights = nullptr;
  const std::int16_t* next_weights = nullptr;
  const Panel* panels = nullptr;
  int panel_count = 0;
  const std::int16_t* const* rows = nullptr;
  int row_count = 0;
  int pairs = 0;  // pairs of inputs
  int chunk = 0;  // pairs in a chunk; the last chunk may be shorter
  const float* scales = nullptr;
  float* out = nullptr;
  std::ptrdiff_t out_stride = 0;  // also the stride of `scales`
};

/// Rounds rows of floats to the left operands of PairGemmArgs:
///
///     out[r][i] = rows[r][i] / ranges[r] * limit, rounded     ranges[r] = max_i |rows[r][i]|
///
/// ranges[r] is infinite or NaN if an input is infinite or NaN.
struct PairRowsArgs {
  const float* const* rows = nullptr;
  int row_count = 0;
  int channels = 0;             // padded
  float limit = 0;              // at most 2^22
  std::int16_t* out = nullptr;  // [row][channels]
  float* ranges = nullptr;      // [row]
};

/// Computes the weights for PairGemmArgs, of some columns of a panel in one chunk, and their scales:
///
///     weights[i][o] = matrix[i][o] / step[o], rounded     scales[o] = step[o] / reach
///
/// step[o] is the smallest with Σ_i |weights[i][o]| <= sum_limit and |weights[i][o]| <= limit,
/// before rounding. A column of zeros has the scale 0. An odd last input gets a 0 beside it; what
/// follows it up to kPairAlign is the caller's to clear.
struct PairWeightsArgs {
  const float* matrix = nullptr;  // [i][o]
  std::ptrdiff_t stride = 0;
  int inputs = 0, columns = 0;
  int width = 0, first = 0;  // of the panel; number of the first column in it
  double sum_limit = 0, limit = 0, reach = 1;
  std::int16_t* weights = nullptr;  // the panel's, of the chunk's first input
  float* scales = nullptr;          // [o]
};

/// Sides of the tiles of Winograd's method, in outputs. Either large and small tiles cover a board
/// exactly, or tiny ones cover it.
inline constexpr int kTinyTile = 3, kSmallTile = 4, kLargeTile = 5;
/// Elements along the side of a large transformed tile. Element (i, j) has the number i * 7 + j.
inline constexpr int kTileElements = kLargeTile + 2;

/// The kinds of tiles: rows × columns. All tiles but the tiny ones have the elements (i < 6, j <
/// 6). Those with i = 6 are in kinds 0 and 1, those with j = 6 in kinds 1 and 2, and those with
/// both in kind 1. In this order the tiles that have an element are contiguous. The i and j of tiny
/// tiles are 0, 1, 4, 5 and 6.
enum TileKind { kLargeSmall, kLargeLarge, kSmallLarge, kSmallSmall, kTiny, kTileKinds };

/// A tile of outputs. Its inputs reach one point further on each side.
struct TileRef {
  std::int32_t origin = 0;  // the point of the top left input
  // Outputs on the board, counted from the top left.
  std::int16_t rows = 0, cols = 0;
};

/// The transformed side, V or M. Element e of tile t begins at e * element_stride + t * channels.
struct WinogradArgs {
  const TileRef* tiles = nullptr;
  int tile_count = 0;
  int channels = 0;  // padded
  int line = 0;      // points in a frame row
  std::ptrdiff_t element_stride = 0;
};

struct WinogradInputArgs {
  WinogradArgs shape;
  const float* in = nullptr;  // a map
  std::ptrdiff_t in_stride = 0;
  float* out = nullptr;
};

/// V in 16-bit integers. ranges[tile] is the range of the tile's inputs: from the least input, or
/// 0, to the greatest, or 0.
///
///     v = ranges[tile] / reach[element] * integer
struct WinogradPairInputArgs {
  WinogradArgs shape;  // its strides are those of `out`
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const float* reach = nullptr;  // [element]
  std::int16_t* out = nullptr;
  float* ranges = nullptr;  // [tile]; infinite or NaN if an input is infinite or NaN
};

struct WinogradOutputArgs {
  WinogradArgs shape;
  const float* in = nullptr;
  const float* tile_scales = nullptr;  // [tile]: factors of the outputs
  EpilogueArgs epilogue;
};

/// The filters from one input to some outputs, and their transform U. Element e begins at elements
/// + e * element_stride.
struct WinogradFilterArgs {
  const float* taps = nullptr;  // [9][channels]
  int channels = 0;             // padded
  float* elements = nullptr;
  std::ptrdiff_t element_stride = 0;
};

/// The epilogue for values in rows: row r, at in + r * in_stride, belongs to point points[r] of the
/// maps.
struct EpilogueRowsArgs {
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  EpilogueArgs epilogue;
  const float* row_scales = nullptr;  // [row]: factors of the values; none: 1
};

/// Sums and maxima of each channel over points.
struct PoolArgs {
  const float* in = nullptr;
  std::ptrdiff_t stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  float* sum = nullptr;
  float* max = nullptr;
};

/// A non-zero input of a convolution.
struct SparseInput {
  std::int32_t row = 0;
  float value = 0;
};

/// A run of inputs. The weights of `input` are in row first_row + input.row.
struct SparseRun {
  const SparseInput* inputs = nullptr;
  int count = 0;
  std::int32_t first_row = 0;
};

/// out[o] = bias[o] + Σ_runs Σ inputs.value * weights[first_row + inputs.row][o]. Panels are laid
/// out as for GemmArgs.
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
