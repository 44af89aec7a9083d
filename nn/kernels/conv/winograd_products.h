// WinogradProducts: the middle of a convolution by Winograd's method, in some precision. It
// transforms the inputs of a block of tiles to V and computes M[e] = V[e] · U[e] for every element
// e, except for a factor for each tile. WinogradConv makes the blocks and applies the epilogue to
// M.
#pragma once

#include <array>
#include <cstdint>
#include <memory>

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/conv/precision.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

/// Some tiles of a batch, sorted by kind. Either all of them are tiny, or:
///
///     kind_begin[0]      [1]            [2]      [3]          [4]
///     | large × small | large × large | small × large | small × small |
///     |<------- elements (6, j) ----->|
///                     |<------- elements (i, 6) ----->|
struct TileBlock {
  TileRef* tiles;
  std::array<int, kTileKinds + 1> kind_begin;

  int count() const { return kind_begin[kTileKinds]; }
  int count(std::size_t kind) const { return kind_begin[kind + 1] - kind_begin[kind]; }
};
/// The tiles of all images of a batch.
int count_tiles(const Workspace& work);
/// The elements of these tiles, as many as there are rows in all products with U.
std::int64_t tile_elements(const Workspace& work);
/// Writes tiles [first, last) of all images' tiles, ordered by kind, to block.tiles.
void fill_block(const Run& run, int first, int last, TileBlock& block);

/// The data that the passes over one block of tiles share.
struct WinogradBlock : TileBlock {
  int most;  // the largest number of tiles in a block of this run
  Map in;
  std::byte* memory;        // WinogradProducts::bytes(most)
  float* m;                 // [element][tile][out]
  std::ptrdiff_t m_stride;  // from element to element
  float* tile_scales;       // [tile]: the factor that M lacks
};

class WinogradProducts {
 public:
  virtual ~WinogradProducts() = default;
  /// The bytes of scratch memory that run() needs for a block of `tiles` tiles.
  virtual std::size_t bytes(int tiles) const = 0;
  /// Fills block.m and block.tile_scales.
  virtual void run(Run& run, const WinogradBlock& block) const = 0;
};

std::unique_ptr<WinogradProducts> make_winograd_products(const KernelTable& kernels,
                                                         const ConvWeights& weights,
                                                         Precision precision);

/// The stride from element to element of V or M, in values. It is an odd number of cache lines, so
/// that the elements of a tile do not fall into the same cache set.
template <typename T>
std::ptrdiff_t element_stride(int tiles, int channels) {
  constexpr std::ptrdiff_t kLine = 64 / sizeof(T);
  return ((std::ptrdiff_t{1} * tiles * channels + kLine - 1) / kLine | 1) * kLine;
}

/// Calls visit(e, next, tiles) for every element that some tiles of the block have. `next` is the
/// element visited after e; after the last element it is the first one.
template <typename Visit>
void for_each_element(const TileBlock& block, const Visit& visit) {
  constexpr int kElements = kTileElements * kTileElements;
  for (int e = 0, next = 0; e < kElements; e = next) {  // every cover has element 0
    for (++next; next < kElements; ++next) {
      const TileRange range = tiles_with_element(next, block.kind_begin);
      if (range.first < range.last) break;
    }
    visit(e, next % kElements, tiles_with_element(e, block.kind_begin));
  }
}

}  // namespace ponnuki::nn::kernels
