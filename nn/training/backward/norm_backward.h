// NormBackward: the parameters' side of y = act(scale * x + bias) with a ReLU: a constant scale and
// sums of the bias gradient.
#pragma once

#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

class NormBackward {
 public:
  NormBackward(const BackwardContext& context, const NormAct& layer);

  /// The way back from a gradient of the activated map y to one of the map x before the norm.
  kernels::MaskedEpilogueArgs finish(const BackwardRun& backward, kernels::Map activated,
                                     kernels::Map gradient, bool add) const;
  void collect(const float* sums, float* gradient) const;

 private:
  kernels::Norm norm_;
  std::size_t channels_, sums_, parameters_;
};

}  // namespace ponnuki::nn::training
