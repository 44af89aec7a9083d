// PackedDense: a dense layer with its weights in panels, for one vector at a time.
#pragma once

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class PackedDense {
 public:
  /// `bias` may be null or empty: none.
  PackedDense(const KernelTable& kernels, const MatMulLayer& product,
              const BiasLayer* bias = nullptr, Activation activation = Activation::kIdentity);

  bool empty() const { return in_ == 0; }
  int inputs() const { return in_; }
  /// act(in · weights + bias): the layer's outputs, in scratch memory. Padding follows.
  float* run(Run& run, const float* in) const;

 private:
  int in_, out_;
  Activation activation_;
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][in][width]
  AlignedFloats bias_;     // [padded out]
};

}  // namespace ponnuki::nn::kernels
