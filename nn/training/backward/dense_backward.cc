#include "nn/training/backward/dense_backward.h"

#include <algorithm>

namespace ponnuki::nn::training {

DenseBackward::DenseBackward(const BackwardContext& context, const MatMulLayer& product,
                             const BiasLayer* bias)
    : product_(product),
      weights_(context.parameters.offset_of(product.weights)),
      has_bias_(bias != nullptr && !bias->bias.empty()),
      sums_(context.sums.take(static_cast<std::size_t>((product.in + 1) * product.out))) {
  if (has_bias_) bias_ = context.parameters.offset_of(bias->bias);
}

void DenseBackward::run(BackwardRun& backward, const float* in, const float* out_gradient,
                        float* in_gradient) const {
  const int out = product_.out;
  float* sums = backward.sums + sums_;
  const float* weights = product_.weights.data();
  for (int i = 0; i < product_.in; ++i, sums += out, weights += out) {
    const float x = in[i];
    for (int o = 0; o < out; ++o) sums[o] += x * out_gradient[o];
    if (in_gradient == nullptr) continue;
    float sum = 0;
    for (int o = 0; o < out; ++o) sum += weights[o] * out_gradient[o];
    in_gradient[i] += sum;
  }
  for (int o = 0; o < out; ++o) sums[o] += out_gradient[o];
}

void DenseBackward::collect(const float* sums, float* gradient) const {
  const std::size_t count = product_.weights.size();
  std::copy_n(sums + sums_, count, gradient + weights_);
  if (has_bias_) std::copy_n(sums + sums_ + count, product_.out, gradient + bias_);
}

}  // namespace ponnuki::nn::training
