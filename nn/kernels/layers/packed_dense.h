// PackedDense: a dense layer with its weights packed in panels. It computes one vector at a time.
#pragma once

#include "nn/kernels/conv/conv_weights.h"
#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

class PackedDense {
 public:
  /// A null or empty `bias` means no bias.
  PackedDense(const KernelTable& kernels, const MatMulLayer& product,
              const BiasLayer* bias = nullptr, Activation activation = Activation::kIdentity);

  bool empty() const { return in_ == 0; }
  int inputs() const { return in_; }
  /// Returns act(in · weights + bias), padded, in scratch memory.
  float* run(Run& run, const float* in) const;

 private:
  int in_, out_;
  Activation activation_;
  std::vector<Panel> panels_;
  AlignedFloats weights_;  // [panel][in][width]
  AlignedFloats bias_;     // [padded out]
};

}  // namespace ponnuki::nn::kernels
