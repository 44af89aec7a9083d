#include "nn/kernels/conv/winograd_int16.h"

#include <algorithm>

#include "nn/kernels/conv/winograd_weights.h"

namespace ponnuki::nn::kernels {
namespace {

// Pairs of inputs in a chunk. With more, too few bits would remain for each weight.
constexpr int kMostPairs = 64;
constexpr double kInputLimit = 16383, kLargestWeight = 32767;
// Each weight's rounding may add 1.
constexpr double kWeightLimit = 131072 - 2 * kMostPairs;
static_assert(kInputLimit * (kWeightLimit + 2 * kMostPairs) < 2147483648.0);

}  // namespace

/// The left operands: V [element][tile][padded in], and pointers to its rows.
struct WinogradInt16::Operands {
  std::int16_t* v;
  std::ptrdiff_t stride;  // from element to element
  const std::int16_t** rows;
};

WinogradInt16::WinogradInt16(const KernelTable& kernels, const ConvWeights& weights)
    : in_(weights.in()),
      out_(weights.out()),
      pairs_((in_ + 1) / 2),
      chunks_((pairs_ + kMostPairs - 1) / kMostPairs),
      panels_(make_panels(kernels, out_, 2 * pairs_)),
      reach_(kWinogradElements) {
  chunk_ = (pairs_ + chunks_ - 1) / chunks_;
  weights_.resize(static_cast<std::size_t>(kWinogradElements * 2 * pairs_ * out_));
  scales_.resize(static_cast<std::size_t>(kWinogradElements * chunks_ * out_));
  const AlignedFloats exact =
      winograd_weights(kernels, weights, {{0, out_, 0}});  // [element][in][out]
  for (int e = 0; e < kWinogradElements; ++e) {
    reach_[static_cast<std::size_t>(e)] = static_cast<float>(kInputLimit / winograd_reach(e));
    quantize(kernels, e, exact.data() + std::ptrdiff_t{e} * in_ * out_);
  }
}

/// Computes the integer weights of an element and their scales from matrix[in][out].
void WinogradInt16::quantize(const KernelTable& kernels, int element, const float* matrix) {
  std::int16_t* packed = weights_.data() + std::ptrdiff_t{element} * 2 * pairs_ * out_;
  float* scales = scales_.data() + std::ptrdiff_t{element} * chunks_ * out_;
  PairWeightsArgs args;
  args.stride = out_;
  args.sum_limit = kWeightLimit;
  args.limit = kLargestWeight;
  args.reach = static_cast<double>(reach_[static_cast<std::size_t>(element)]);
  for (int chunk = 0; chunk < chunks_; ++chunk, scales += out_) {
    const int begin = 2 * chunk * chunk_;
    args.inputs = std::min(in_, begin + 2 * chunk_) - begin;
    for (const Panel& panel : panels_) {
      args.matrix = matrix + std::ptrdiff_t{begin} * out_ + panel.first;
      args.width = panel.width;
      args.weights = packed + panel.offset + std::ptrdiff_t{begin} * panel.width;
      args.scales = scales + panel.first;
      kernels.pair_weights(args);
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
  const auto weights_of = [&](int e) {
    return weights_.data() + std::ptrdiff_t{e} * 2 * pairs_ * out_;
  };
  PairGemmArgs gemm;
  gemm.panels = panels_.data();
  gemm.panel_count = static_cast<int>(panels_.size());
  gemm.rows = operands.rows;
  gemm.pairs = pairs_;
  gemm.chunk = chunk_;
  gemm.out_stride = out_;
  for_each_element(block, [&](int e, int next, TileRange tiles) {
    const std::int16_t* v = operands.v + e * operands.stride;
    for (int t = tiles.first; t < tiles.last; ++t)
      operands.rows[t - tiles.first] = v + std::ptrdiff_t{t} * padded_in;
    gemm.row_count = tiles.last - tiles.first;
    gemm.weights = weights_of(e);
    gemm.next_weights = weights_of(next);
    gemm.scales = scales_.data() + std::ptrdiff_t{e} * chunks_ * out_;
    gemm.out = block.m + e * block.m_stride + std::ptrdiff_t{tiles.first} * out_;
    run.kernels.pair_gemm(gemm);
  });
}

}  // namespace ponnuki::nn::kernels
