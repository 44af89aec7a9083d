#include "nn/training/backward/norm_backward.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki::nn::training {

NormBackward::NormBackward(const BackwardContext& context, const NormAct& layer)
    : norm_(layer),
      channels_(layer.bias.size()),
      sums_(context.sums.take(norm_.bias.size())),
      parameters_(context.parameters.offset_of(layer.bias)) {
  PONNUKI_CHECK(layer.activation == Activation::kRelu);
}

kernels::MaskedEpilogueArgs NormBackward::finish(const BackwardRun& backward,
                                                 kernels::Map activated, kernels::Map gradient,
                                                 bool add) const {
  return {activated.data,
          gradient.data,
          activated.stride,
          gradient.stride,
          norm_.scale.data(),
          backward.sums + sums_,
          add};
}

void NormBackward::collect(const float* sums, float* gradient) const {
  std::copy_n(sums + sums_, channels_, gradient + parameters_);
}

}  // namespace ponnuki::nn::training
