// PointwiseInt16: a 1 × 1 convolution in 16-bit integers (pair_weights.h). The inputs of each point
// are rounded to 15 bits of the largest of them.
#pragma once

#include "nn/kernels/conv/pair_weights.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class PointwiseInt16 {
 public:
  static bool can_do(const ConvLayer& shape) { return shape.height == 1 && shape.width == 1; }

  /// Requires can_do().
  PointwiseInt16(const KernelTable& kernels, const ConvWeights& weights);
  void run(Run& run, Map in, const EpilogueArgs& epilogue_args) const;

 private:
  int in_, out_;
  PairWeights weights_;
};

}  // namespace ponnuki::nn::kernels
