#include "nn/kernels/winograd_conv.h"

#include "engine/check.h"

namespace ponnuki {
namespace {

using Matrix = std::vector<std::vector<double>>;

/// Tiles that go through input, products and output together, so that their V and M stay in the
/// second-level cache while each element's weights are read once.
constexpr int kBlockTiles = 40;

const WinogradKernels& kernels_for(const KernelTable& kernels, TileSize tile) {
  return tile == TileSize::k3 ? kernels.winograd_f3 : kernels.winograd_f4;
}

/// An odd number of cache lines past a multiple keeps elements from meeting in one cache set.
std::ptrdiff_t element_stride(int tiles, int channels) {
  const std::ptrdiff_t lines = (std::ptrdiff_t{1} * tiles * channels + 15) / 16;
  return (lines | 1) * 16;
}

}  // namespace

Matrix winograd_weight_matrix(TileSize tile) {
  if (tile == TileSize::k3) {
    return {{1.0 / 2, 0, 0},
            {-1.0 / 2, -1.0 / 2, -1.0 / 2},
            {-1.0 / 6, 1.0 / 6, -1.0 / 6},
            {1.0 / 6, 1.0 / 3, 2.0 / 3},
            {0, 0, 1}};
  }
  return {{1.0 / 4, 0, 0},
          {-1.0 / 6, -1.0 / 6, -1.0 / 6},
          {-1.0 / 6, 1.0 / 6, -1.0 / 6},
          {1.0 / 24, 1.0 / 12, 1.0 / 6},
          {1.0 / 24, -1.0 / 12, 1.0 / 6},
          {0, 0, 1}};
}

WinogradConv::WinogradConv(const KernelTable& kernels, const ConvWeights& weights, TileSize tile)
    : tile_(tile),
      in_(weights.in()),
      out_(weights.out()),
      panels_(make_panels(kernels, out_, in_)),
      weights_(static_cast<std::size_t>(elements_of(tile)) * static_cast<std::size_t>(in_) *
               static_cast<std::size_t>(out_)) {
  PONNUKI_CHECK(can_do(weights.shape()));
  const Matrix g = winograd_weight_matrix(tile);
  const auto outs = static_cast<std::size_t>(out_);
  std::vector<float> taps(9 * outs), row(outs);
  for (int i = 0; i < in_; ++i) {
    for (int t = 0; t < 9; ++t)
      weights.copy_row(t, i, taps.data() + static_cast<std::size_t>(t) * outs);
    for (std::size_t e = 0; e < g.size() * g.size(); ++e) {
      const auto& gy = g[e / g.size()];
      const auto& gx = g[e % g.size()];
      for (std::size_t o = 0; o < outs; ++o) {
        double sum = 0;
        for (std::size_t t = 0; t < 9; ++t)
          sum += gy[t / 3] * gx[t % 3] * static_cast<double>(taps[t * outs + o]);
        row[o] = static_cast<float>(sum);
      }
      pack_row(panels_, i, row.data(), weights_.data() + e * static_cast<std::size_t>(in_) * outs);
    }
  }
}

/// What the three passes over one block of tiles share.
struct WinogradConv::Block {
  TileRef* tiles;
  int count = 0;
  Map in;
  Finish finish;
  float *v, *m;
  const float** rows;
};

void WinogradConv::run(Run& run, Map in, const Finish& finish) const {
  const Frame& frame = run.work.frame();
  PONNUKI_CHECK(frame.tile == tile_);
  const int per_image = static_cast<int>(frame.tiles.size());
  const int total = per_image * run.work.images();
  const int blocks = (total + kBlockTiles - 1) / kBlockTiles;
  const auto elements = static_cast<std::size_t>(elements_of(tile_));
  const int padded_in = padded_channels(in_);
  Scratch& scratch = run.work.scratch();
  Block block;
  block.tiles = scratch.take<TileRef>(kBlockTiles);
  block.rows = scratch.take<const float*>(kBlockTiles);
  block.in = in;
  block.finish = finish;
  block.v = scratch.take<float>(elements *
                                static_cast<std::size_t>(element_stride(kBlockTiles, padded_in)));
  block.m =
      scratch.take<float>(elements * static_cast<std::size_t>(element_stride(kBlockTiles, out_)));
  for (int b = 0; b < blocks; ++b) {  // as equal as can be
    const int first = total * b / blocks, last = total * (b + 1) / blocks;
    block.count = last - first;
    for (int t = first; t < last; ++t) {
      TileRef& tile = block.tiles[t - first];
      tile = frame.tiles[static_cast<std::size_t>(t % per_image)];
      tile.origin += t / per_image * frame.points();
    }
    run_block(run, block);
  }
}

void WinogradConv::run_block(Run& run, Block& block) const {
  const WinogradKernels& kernels = kernels_for(run.kernels, tile_);
  const int padded_in = padded_channels(in_);
  WinogradArgs shape{block.tiles, block.count, padded_in, run.work.frame().cols,
                     element_stride(block.count, padded_in)};
  kernels.input({shape, block.in.data, block.in.stride, block.v});

  WinogradArgs out_shape = shape;
  out_shape.channels = out_;
  out_shape.element_stride = element_stride(block.count, out_);
  GemmArgs gemm{weights_.data(),
                panels_.data(),
                static_cast<int>(panels_.size()),
                block.rows,
                block.count,
                1,
                in_,
                block.m,
                out_};
  for (int e = 0; e < elements_of(tile_); ++e) {
    for (int t = 0; t < block.count; ++t)
      block.rows[t] = block.v + e * shape.element_stride + std::ptrdiff_t{t} * padded_in;
    run.kernels.gemm(gemm);
    gemm.weights += std::ptrdiff_t{in_} * out_;
    gemm.out += out_shape.element_stride;
  }
  kernels.output({out_shape, block.m, block.finish});
}

}  // namespace ponnuki
