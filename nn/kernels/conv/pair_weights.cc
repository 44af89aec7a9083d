#include "nn/kernels/conv/pair_weights.h"

#include <algorithm>

namespace ponnuki::nn::kernels {
namespace {

// Pairs of inputs in a chunk. With more, too few bits would remain for each weight.
constexpr int kMostPairs = 64;
constexpr double kLargestWeight = 32767;
// Each weight's rounding may add 1.
constexpr double kPairWeightLimit = 131072 - 2 * kMostPairs;
static_assert(kPairInputLimit * (kPairWeightLimit + 2 * kMostPairs) < 2147483648.0);

constexpr int aligned_pairs(int pairs) {
  return (pairs + kPairAlign - 1) / kPairAlign * kPairAlign;
}
static_assert(kMostPairs % kPairAlign == 0);

}  // namespace

PairWeights::PairWeights(const KernelTable& kernels, int matrices, int in, int out)
    : in_(in),
      out_(out),
      pairs_(aligned_pairs((in + 1) / 2)),
      chunks_((pairs_ + kMostPairs - 1) / kMostPairs),
      chunk_(aligned_pairs((pairs_ + chunks_ - 1) / chunks_)),
      panels_(make_panels(kernels, out, 2 * pairs_)),
      weights_(static_cast<std::size_t>(matrices) * static_cast<std::size_t>(2 * pairs_ * out)),
      scales_(static_cast<std::size_t>(matrices) * static_cast<std::size_t>(chunks_ * out)) {}

void PairWeights::quantize(const KernelTable& kernels, int number, int first, int columns,
                           const float* matrix, double reach) {
  std::int16_t* packed = weights_.data() + std::ptrdiff_t{number} * 2 * pairs_ * out_;
  float* scales = scales_.data() + std::ptrdiff_t{number} * chunks_ * out_;
  PairWeightsArgs args;
  args.stride = columns;
  args.sum_limit = kPairWeightLimit;
  args.limit = kLargestWeight;
  args.reach = reach;
  for (int chunk = 0; chunk < chunks_; ++chunk, scales += out_) {
    const int input = 2 * chunk * chunk_;
    args.inputs = std::min(in_, input + 2 * chunk_) - input;
    for (const Panel& panel : panels_) {
      const int begin = std::max(first, panel.first);
      args.columns = std::min(first + columns, panel.first + panel.width) - begin;
      if (args.columns <= 0) continue;
      args.matrix = matrix + std::ptrdiff_t{input} * columns + (begin - first);
      args.width = panel.width;
      args.first = begin - panel.first;
      args.weights = packed + panel.offset + std::ptrdiff_t{input} * panel.width;
      args.scales = scales + begin;
      kernels.pair_weights(args);
    }
  }
}

void PairWeights::set(PairGemmArgs& args, int number, int next) const {
  args.weights = weights_of(number);
  args.next_weights = weights_of(next);
  args.panels = panels_.data();
  args.panel_count = static_cast<int>(panels_.size());
  args.pairs = pairs_;
  args.chunk = chunk_;
  args.scales = scales_.data() + std::ptrdiff_t{number} * chunks_ * out_;
  args.out_stride = out_;
}

}  // namespace ponnuki::nn::kernels
