// NormBackward: the parameters' side of y = act(scale * x + bias) with a ReLU: a constant scale and
// sums of the bias gradient.
#pragma once

#include "nn/training/backward_step.h"

namespace ponnuki {

class NormBackward {
 public:
  NormBackward(const BackwardContext& context, const NormAct& layer);

  /// The way back from a gradient of the activated map y to one of the map x before the norm.
  MaskedFinish finish(const BackwardRun& backward, Map activated, Map gradient, bool add) const;
  void collect(const float* sums, float* gradient) const;

 private:
  Norm norm_;
  std::size_t channels_, sums_, parameters_;
};

}  // namespace ponnuki
