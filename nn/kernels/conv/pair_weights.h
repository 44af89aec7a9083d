// PairWeights: the weights of matrix products in 16-bit integers, packed for pair_gemm. The
// products are exact; only their operands are rounded:
//
//     u ≈ U / step(o)     U has 16 bits: Σ |u| <= kPairWeightLimit over a chunk of inputs
//     v ≈ V * reach       V has 15 bits: |v| <= kPairInputLimit, which the caller sees to
//     Σ V U = Σ_chunks step / reach * Σ v u          |Σ v u| < 2^31 in a chunk
#pragma once

#include <cstdint>
#include <vector>

#include "nn/kernels/conv/conv_weights.h"

namespace ponnuki::nn::kernels {

inline constexpr double kPairInputLimit = 16383;

/// Some matrices [in][out] of one size.
class PairWeights {
 public:
  PairWeights(const KernelTable& kernels, int matrices, int in, int out);

  /// Rounds columns [first, first + columns) of matrix number `number`, given as [in][columns]. Both
  /// numbers are multiples of kChannelPad. The integers of the left operand are its values times
  /// `reach`.
  void quantize(const KernelTable& kernels, int number, int first, int columns, const float* matrix,
                double reach);
  /// Sets the weights of a product, what belongs to their layout, and the stride of its output.
  /// After it the product with matrix `next` follows.
  void set(PairGemmArgs& args, int number, int next) const;

 private:
  const std::int16_t* weights_of(int number) const {
    return weights_.data() + std::ptrdiff_t{number} * 2 * pairs_ * out_;
  }

  int in_, out_;
  int pairs_, chunks_, chunk_;  // pairs of inputs; chunks; pairs in a chunk
  std::vector<Panel> panels_;   // of one matrix
  std::vector<std::int16_t, AlignedAllocator<std::int16_t>> weights_;  // [matrix][panel][pair]...
  AlignedFloats scales_;                                               // [matrix][chunk][out]
};

}  // namespace ponnuki::nn::kernels
