// KernelTable: the inner loops of the fast network, one table an instruction set.
//
// One source (level_*.h) is compiled several times with different compiler flags, by
// level_avx512vnni.cc, level_avx512.cc, level_avx2.cc and level_baseline.cc, and the table is
// chosen at run time (simd_level.h). Compiler vector types do all that is needed here, on arm64
// too, and cost no dependency.
//
// The files compiled with special flags must not instantiate inline functions that other files use,
// or the linker could keep the copy that needs AVX-512 for everybody. Therefore this header is
// plain data and the level headers keep everything in unnamed namespaces.
//
// Layout of maps: [image][frame row][frame column][channel], channels padded with zeros to a
// multiple of kChannelPad, all rows aligned to 64 bytes. "Points" are numbered through all images;
// point p begins at data + p * stride. nn/kernels/frame.h draws the frame.
//
// A precision (precision.h) with other operands brings its own gemm, winograd_input and packing;
// maps, the way out (Finish) and everything around them stay fp32.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/activation_kind.h"

namespace ponnuki {

/// Channels of a map are padded to a multiple of this: one vector of the widest level.
inline constexpr int kChannelPad = 16;

/// What happens to a finished value v of a convolution, at point p and channel c:
///
///     if (residual)   v += residual[p * residual_stride + c]
///     if (raw)        raw[p * raw_stride + c] = v
///     if (activated)  activated[p * activated_stride + c] = act(v * scale[c] + bias[c])
struct Finish {
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
  const float* next_weights = nullptr;  // of the next product, a hint what to fetch; any address
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
///     out[r][o] = row_scales[r] * Σ_chunk scales[chunk][o] * Σ_i rows[r][i] * weights[i][o]
///
/// weights[offset + (i / 2 * width + o) * 2 + i % 2]. Sums of a chunk must fit in 32 bits.
struct PairGemmArgs {
  const std::int16_t* weights = nullptr;
  const std::int16_t* next_weights = nullptr;
  const Panel* panels = nullptr;
  int panel_count = 0;
  const std::int16_t* const* rows = nullptr;
  const float* row_scales = nullptr;
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
  Finish finish;
};

/// Values that lie in rows in[r * in_stride], for the points[r] of maps.
struct FinishRowsArgs {
  const float* in = nullptr;
  std::ptrdiff_t in_stride = 0;
  const std::int32_t* points = nullptr;
  int count = 0;
  int channels = 0;  // padded
  Finish finish;
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

/// Winograd's method for tiles of one kind.
struct WinogradKernels {
  void (*input)(const WinogradInputArgs&) = nullptr;
  void (*pair_input)(const WinogradPairInputArgs&) = nullptr;
  void (*output)(const WinogradOutputArgs&) = nullptr;
};

struct KernelTable {
  int vector_floats = 0;  // panels are a multiple of this wide,
  int panel_vectors = 0;  // of at most so many vectors
  void (*gemm)(const GemmArgs&) = nullptr;
  void (*pair_gemm)(const PairGemmArgs&) = nullptr;
  void (*sparse)(const SparseArgs&) = nullptr;
  void (*finish_rows)(const FinishRowsArgs&) = nullptr;
  void (*pool)(const PoolArgs&) = nullptr;
  WinogradKernels winograd[kTileKinds];
  // Ceilings, for measurements. A step multiplies and adds peak_vectors vectors: of floats, or of
  // pairs of 16-bit integers. The floats to read are a multiple of 256; results mean nothing.
  int peak_vectors = 0;
  float (*peak_fp32)(std::int64_t steps) = nullptr;
  float (*peak_pairs)(std::int64_t steps) = nullptr;
  float (*peak_read)(const float* data, std::int64_t count) = nullptr;
};

extern const KernelTable kBaselineKernels;    // SSE2 on x86-64, NEON on arm64
extern const KernelTable kAvx2Kernels;        // x86-64 only; needs AVX2 and FMA
extern const KernelTable kAvx512Kernels;      // x86-64 only; needs AVX-512 F, VL, DQ and BW
extern const KernelTable kAvx512VnniKernels;  // x86-64 only; needs VNNI as well

}  // namespace ponnuki
