#include "nn/kernels/conv/winograd_int16.h"

#include <algorithm>

#include "nn/kernels/conv/winograd_weights.h"

namespace ponnuki::nn::kernels {

/// The left operands: V [element][tile][padded in], and pointers to its rows.
struct WinogradInt16::Operands {
  std::int16_t* v;
  std::ptrdiff_t stride;  // from element to element
  const std::int16_t** rows;
};

WinogradInt16::WinogradInt16(const KernelTable& kernels, const ConvWeights& weights)
    : in_(weights.in()),
      out_(weights.out()),
      weights_(kernels, kWinogradElements, in_, out_),
      reach_(kWinogradElements) {
  for (int e = 0; e < kWinogradElements; ++e)
    reach_[static_cast<std::size_t>(e)] = static_cast<float>(kPairInputLimit / winograd_reach(e));
  // A few columns at a time, which stay in the second-level cache.
  const std::ptrdiff_t matrix = std::ptrdiff_t{in_} * kChannelPad;
  AlignedFloats exact(static_cast<std::size_t>(kWinogradElements * matrix));
  for (int first = 0; first < out_; first += kChannelPad) {
    winograd_columns(kernels, weights, first, exact.data());
    for (int e = 0; e < kWinogradElements; ++e) {
      weights_.quantize(kernels, e, first, kChannelPad, exact.data() + e * matrix,
                        static_cast<double>(reach_[static_cast<std::size_t>(e)]));
    }
  }
}

std::size_t WinogradInt16::bytes(int tiles) const {
  const std::ptrdiff_t stride = element_stride<std::int16_t>(tiles, padded_channels(in_));
  return static_cast<std::size_t>(kWinogradElements * stride) * sizeof(std::int16_t) +
         static_cast<std::size_t>(tiles) * sizeof(std::int16_t*);
}

WinogradInt16::Operands WinogradInt16::lay_out(const WinogradBlock& block) const {
  const std::ptrdiff_t stride = element_stride<std::int16_t>(block.most, padded_channels(in_));
  auto* v = reinterpret_cast<std::int16_t*>(block.memory);
  return {v, stride, reinterpret_cast<const std::int16_t**>(v + kWinogradElements * stride)};
}

void WinogradInt16::run(Run& run, const WinogradBlock& block) const {
  const Operands operands = lay_out(block);
  transform(run, block, operands);
  multiply(run, block, operands);
}

void WinogradInt16::transform(const Run& run, const WinogradBlock& block,
                              const Operands& operands) const {
  const int padded_in = padded_channels(in_);
  for (std::size_t kind = 0; kind < kTileKinds; ++kind) {
    const int first = block.kind_begin[kind];
    run.kernels.winograd[kind].pair_input({{block.tiles + first, block.count(kind), padded_in,
                                            run.work.frame().cols(), operands.stride},
                                           block.in.data,
                                           block.in.stride,
                                           reach_.data(),
                                           operands.v + std::ptrdiff_t{first} * padded_in,
                                           block.tile_scales + first});
  }
}

void WinogradInt16::multiply(const Run& run, const WinogradBlock& block,
                             const Operands& operands) const {
  const int padded_in = padded_channels(in_);
  PairGemmArgs gemm;
  gemm.rows = operands.rows;
  for_each_element(block, [&](int e, int next, TileRange tiles) {
    const std::int16_t* v = operands.v + e * operands.stride;
    for (int t = tiles.first; t < tiles.last; ++t)
      operands.rows[t - tiles.first] = v + std::ptrdiff_t{t} * padded_in;
    gemm.row_count = tiles.last - tiles.first;
    weights_.set(gemm, e, next);
    gemm.out = block.m + e * block.m_stride + std::ptrdiff_t{tiles.first} * out_;
    run.kernels.pair_gemm(gemm);
  });
}

}  // namespace ponnuki::nn::kernels
