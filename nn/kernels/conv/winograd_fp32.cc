#include "nn/kernels/conv/winograd_fp32.h"

#include <algorithm>

#include "nn/kernels/conv/winograd_weights.h"

namespace ponnuki::nn::kernels {

/// The left operands: V [element][tile][padded in], and pointers to its rows.
struct WinogradFp32::Operands {
  float* v;
  std::ptrdiff_t stride;  // from element to element
  const float** rows;
};

WinogradFp32::WinogradFp32(const KernelTable& kernels, const ConvWeights& weights)
    : in_(weights.in()), out_(weights.out()), panels_(make_panels(kernels, out_, in_)) {
  weights_ = winograd_weights(kernels, weights, panels_);
}

std::size_t WinogradFp32::bytes(int tiles) const {
  return static_cast<std::size_t>(kWinogradElements *
                                  element_stride<float>(tiles, padded_channels(in_))) *
             sizeof(float) +
         static_cast<std::size_t>(tiles) * sizeof(float*);
}

WinogradFp32::Operands WinogradFp32::lay_out(const WinogradBlock& block) const {
  const std::ptrdiff_t stride = element_stride<float>(block.most, padded_channels(in_));
  auto* v = reinterpret_cast<float*>(block.memory);
  return {v, stride, reinterpret_cast<const float**>(v + kWinogradElements * stride)};
}

void WinogradFp32::run(Run& run, const WinogradBlock& block) const {
  const Operands operands = lay_out(block);
  std::fill_n(block.tile_scales, block.count(), 1.0F);
  transform(run, block, operands);
  multiply(run, block, operands);
}

void WinogradFp32::transform(const Run& run, const WinogradBlock& block,
                             const Operands& operands) const {
  const int padded_in = padded_channels(in_);
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    const int first = block.kind_begin[kind];
    run.kernels.winograd[kind].input({{block.tiles + first, block.count(kind), padded_in,
                                       run.work.frame().cols(), operands.stride},
                                      block.in.data,
                                      block.in.stride,
                                      operands.v + std::ptrdiff_t{first} * padded_in});
  }
}

void WinogradFp32::multiply(const Run& run, const WinogradBlock& block,
                            const Operands& operands) const {
  const int padded_in = padded_channels(in_);
  const auto weights_of = [&](int e) { return weights_.data() + std::ptrdiff_t{e} * in_ * out_; };
  GemmArgs gemm;
  gemm.panels = panels_.data();
  gemm.panel_count = static_cast<int>(panels_.size());
  gemm.rows = operands.rows;
  gemm.k = in_;
  gemm.out_stride = out_;
  for_each_element(block, [&](int e, int next, TileRange tiles) {
    const float* v = operands.v + e * operands.stride;
    for (int t = tiles.first; t < tiles.last; ++t)
      operands.rows[t - tiles.first] = v + std::ptrdiff_t{t} * padded_in;
    gemm.row_count = tiles.last - tiles.first;
    gemm.weights = weights_of(e);
    gemm.next_weights = weights_of(next);
    gemm.out = block.m + e * block.m_stride + std::ptrdiff_t{tiles.first} * out_;
    run.kernels.gemm(gemm);
  });
}

}  // namespace ponnuki::nn::kernels
