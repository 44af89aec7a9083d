// DenseBackward: the backward pass through out = in · weights + bias. It computes one image at a
// time.
#pragma once

#include "nn/training/backward/backward_step.h"

namespace ponnuki::nn::training {

class DenseBackward {
 public:
  /// `bias` may be null or empty. Keeps a pointer to the product.
  DenseBackward(const BackwardContext& context, const MatMulLayer& product,
                const BiasLayer* bias = nullptr);

  /// Adds to the sums. Adds the gradient of the input to in_gradient[in], unless that is null.
  void run(BackwardRun& backward, const float* in, const float* out_gradient,
           float* in_gradient) const;
  void collect(const float* sums, float* gradient) const;

 private:
  const MatMulLayer& product_;
  std::size_t weights_, bias_ = 0;  // offsets in the parameters
  bool has_bias_;
  std::size_t sums_;  // offset of [in][out], then the bias [out]
};

}  // namespace ponnuki::nn::training
