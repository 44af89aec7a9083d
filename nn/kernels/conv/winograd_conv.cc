#include "nn/kernels/conv/winograd_conv.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/kernels/conv/winograd_fp32.h"
#include "nn/kernels/conv/winograd_int16.h"
#include "nn/kernels/conv/winograd_weights.h"

namespace ponnuki::nn::kernels {
namespace {

/// Tiles of a block, which goes through all passes at once: its V and M stay in the second-level
/// cache, while the weights of each element are read once.
constexpr int kBlockTiles = 32;

}  // namespace

std::unique_ptr<WinogradProducts> make_winograd_products(const KernelTable& kernels,
                                                         const ConvWeights& weights,
                                                         Precision precision) {
  if (precision == Precision::kInt16) return std::make_unique<WinogradInt16>(kernels, weights);
  return std::make_unique<WinogradFp32>(kernels, weights);
}

WinogradConv::WinogradConv(const KernelTable& kernels, const ConvWeights& weights,
                           Precision precision)
    : out_(weights.out()), products_(make_winograd_products(kernels, weights, precision)) {
  PONNUKI_CHECK(can_do(weights.shape()));
}

int count_tiles(const Workspace& work) {
  int total = 0;
  for (const std::vector<TileRef>& tiles : work.cover())
    total += static_cast<int>(tiles.size()) * work.images();
  return total;
}

std::int64_t tile_elements(const Workspace& work) {
  TileBlock all{};
  for (std::size_t kind = 0; kind < kTileKinds; ++kind)
    all.kind_begin[kind + 1] = all.kind_begin[kind] + static_cast<int>(work.cover()[kind].size());
  std::int64_t elements = 0;
  for_each_element(all, [&](int, int, TileRange tiles) { elements += tiles.last - tiles.first; });
  return elements * work.images();
}

void fill_block(const Run& run, int first, int last, TileBlock& block) {
  const Frame& frame = run.work.frame();
  TileRef* next = block.tiles;
  int before = 0;  // tiles of the kinds before this one
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

/// Calls write_out(kind, shape, M, tile_scales) with the tiles of each kind in each block.
template <typename WriteOut>
void WinogradConv::run_blocks(Run& run, Map in, const WriteOut& write_out) const {
  const int total = count_tiles(run.work);
  PONNUKI_CHECK(total > 0);
  const int blocks = (total + kBlockTiles - 1) / kBlockTiles;
  Scratch& scratch = run.work.scratch();
  WinogradBlock block;
  block.most = (total + blocks - 1) / blocks;
  block.in = in;
  block.m_stride = element_stride<float>(block.most, out_);
  block.tiles = scratch.take<TileRef>(static_cast<std::size_t>(block.most));
  block.memory = scratch.take<std::byte>(products_->bytes(block.most));
  block.m = scratch.take<float>(static_cast<std::size_t>(kWinogradElements * block.m_stride));
  block.tile_scales = scratch.take<float>(static_cast<std::size_t>(block.most));
  // The blocks are as equal in size as possible.
  for (int b = 0; b < blocks; ++b) {
    fill_block(run, total * b / blocks, total * (b + 1) / blocks, block);
    products_->run(run, block);
    for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
      const int first = block.kind_begin[kind];
      const WinogradArgs shape{block.tiles + first, block.count(kind), out_,
                               run.work.frame().cols(), block.m_stride};
      write_out(kind, shape, block.m + std::ptrdiff_t{first} * out_, block.tile_scales + first);
    }
  }
}

void WinogradConv::run(Run& run, Map in, const EpilogueArgs& epilogue_args) const {
  run_blocks(
      run, in,
      [&](std::size_t kind, const WinogradArgs& shape, const float* m, const float* tile_scales) {
        run.kernels.winograd[kind].output({shape, m, tile_scales, epilogue_args});
      });
}

void WinogradConv::run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const {
  run_blocks(
      run, in,
      [&](std::size_t kind, const WinogradArgs& shape, const float* m, const float* tile_scales) {
        run.kernels.training.winograd_masked[kind]({shape, m, tile_scales, epilogue_args});
      });
}

}  // namespace ponnuki::nn::kernels
