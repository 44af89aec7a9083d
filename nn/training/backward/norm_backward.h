// NormBackward: the backward pass through y = ReLU(scale * x + bias). The scale is constant; the
// bias is a parameter.
#pragma once

#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

class NormBackward {
 public:
  NormBackward(const BackwardContext& context, const NormAct& layer);

  /// The epilogue with which a convolution, whose result is the gradient of y, writes the gradient
  /// of x and adds to the sum of the bias. With `add` it adds to the map `gradient`.
  kernels::MaskedEpilogueArgs finish(const BackwardRun& backward, kernels::Map activated,
                                     kernels::Map gradient, bool add) const;
  void collect(const float* sums, float* gradient) const;

 private:
  kernels::Norm norm_;
  std::size_t channels_, sums_, parameters_;
};

}  // namespace ponnuki::nn::training
