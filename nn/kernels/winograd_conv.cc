#include "nn/kernels/winograd_conv.h"

#include <algorithm>
#include <array>

#include "engine/check.h"
#include "nn/kernels/winograd_weights.h"

namespace ponnuki {
namespace {

/// Tiles that go through input, products and output together, so that their V and M stay in the
/// second-level cache while each element's weights are read once.
constexpr int kBlockTiles = 32;

/// An odd number of cache lines keeps the elements of a tile from meeting in one cache set.
std::ptrdiff_t element_stride(int tiles, int channels) {
  const std::ptrdiff_t lines = std::ptrdiff_t{1} * tiles * channels / 16;
  return (lines | 1) * 16;
}

}  // namespace

WinogradConv::WinogradConv(const KernelTable& kernels, const ConvWeights& weights)
    : in_(weights.in()), out_(weights.out()), panels_(make_panels(kernels, out_, in_)) {
  PONNUKI_CHECK(can_do(weights.shape()));
  weights_ = winograd_weights(weights, panels_);
}

/// What the three passes over one block of tiles share. Tiles are sorted by kind:
///
///     kind_begin[0]      [1]            [2]      [3]          [4]
///     | large × small | large × large | small × large | small × small |
///     |<------- elements (6, j) ----->|
///                     |<------- elements (i, 6) ----->|
///
/// or all of them are tiny.
struct WinogradConv::Block {
  TileRef* tiles;
  std::array<int, kTileKinds + 1> kind_begin;
  Map in;
  Finish finish;
  float *v, *m;
  std::ptrdiff_t v_stride, m_stride;  // of elements
  const float** rows;

  int count() const { return kind_begin[kTileKinds]; }
};

void WinogradConv::run(Run& run, Map in, const Finish& finish) const {
  int total = 0;
  for (const std::vector<TileRef>& tiles : run.work.cover())
    total += static_cast<int>(tiles.size()) * run.work.images();
  const int blocks = (total + kBlockTiles - 1) / kBlockTiles;
  const int most = (total + blocks - 1) / blocks;
  Scratch& scratch = run.work.scratch();
  Block block;
  block.in = in;
  block.finish = finish;
  block.v_stride = element_stride(most, padded_channels(in_));
  block.m_stride = element_stride(most, out_);
  block.tiles = scratch.take<TileRef>(static_cast<std::size_t>(most));
  block.rows = scratch.take<const float*>(static_cast<std::size_t>(most));
  block.v = scratch.take<float>(static_cast<std::size_t>(kWinogradElements * block.v_stride));
  block.m = scratch.take<float>(static_cast<std::size_t>(kWinogradElements * block.m_stride));
  for (int b = 0; b < blocks; ++b) {  // as equal as can be
    fill_block(run, total * b / blocks, total * (b + 1) / blocks, block);
    run_block(run, block);
  }
}

/// Tiles [first, last) of all images' tiles, in the order of kinds.
void WinogradConv::fill_block(const Run& run, int first, int last, Block& block) const {
  const Frame& frame = run.work.frame();
  TileRef* next = block.tiles;
  int before = 0;  // tiles of earlier kinds
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    const std::vector<TileRef>& tiles = run.work.cover()[kind];
    const int per_image = static_cast<int>(tiles.size());
    const int end = before + per_image * run.work.images();
    block.kind_begin[kind] = static_cast<int>(next - block.tiles);
    for (int t = std::max(first, before); t < std::min(last, end); ++t) {
      *next = tiles[static_cast<std::size_t>((t - before) % per_image)];
      next->origin += (t - before) / per_image * frame.points();
      ++next;
    }
    before = end;
  }
  block.kind_begin[kTileKinds] = static_cast<int>(next - block.tiles);
}

void WinogradConv::run_block(Run& run, const Block& block) const {
  const int padded_in = padded_channels(in_), line = run.work.frame().cols();
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    const int first = block.kind_begin[kind];
    const WinogradArgs shape{block.tiles + first, block.kind_begin[kind + 1] - first, padded_in,
                             line, block.v_stride};
    run.kernels.winograd[kind].input(
        {shape, block.in.data, block.in.stride, block.v + std::ptrdiff_t{first} * padded_in});
  }
  multiply(run, block);
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    const int first = block.kind_begin[kind];
    const WinogradArgs shape{block.tiles + first, block.kind_begin[kind + 1] - first, out_, line,
                             block.m_stride};
    run.kernels.winograd[kind].output(
        {shape, block.m + std::ptrdiff_t{first} * out_, block.finish});
  }
}

/// M[e] = V[e] · U[e], over the tiles that have element e.
void WinogradConv::multiply(Run& run, const Block& block) const {
  const int padded_in = padded_channels(in_);
  GemmArgs gemm;
  gemm.panels = panels_.data();
  gemm.panel_count = static_cast<int>(panels_.size());
  gemm.rows = block.rows;
  gemm.k = in_;
  gemm.out_stride = out_;
  const auto next_element = [&](int e) {
    for (++e; e < kWinogradElements; ++e) {
      const TileRange range = tiles_with_element(e, block.kind_begin);
      if (range.first < range.last) break;
    }
    return e;
  };
  const auto weights_of = [&](int e) {
    return weights_.data() + std::ptrdiff_t{e % kWinogradElements} * in_ * out_;
  };
  for (int e = 0, next = 0; e < kWinogradElements; e = next) {  // all covers have element 0
    next = next_element(e);
    const auto [first, last] = tiles_with_element(e, block.kind_begin);
    for (int t = first; t < last; ++t)
      block.rows[t - first] = block.v + e * block.v_stride + std::ptrdiff_t{t} * padded_in;
    gemm.row_count = last - first;
    gemm.weights = weights_of(e);
    gemm.next_weights = weights_of(next);
    gemm.out = block.m + e * block.m_stride + std::ptrdiff_t{first} * out_;
    run.kernels.gemm(gemm);
  }
}

}  // namespace ponnuki
