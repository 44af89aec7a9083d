#include "nn/kernels/conv/conv.h"

#include "engine/check.h"

namespace ponnuki::nn::kernels {

Conv::Conv(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision) {
  const ConvWeights weights(std::move(layers));
  out_ = weights.out();
  if (WinogradConv::can_do(weights.shape())) {
    winograd_.emplace(kernels, weights, precision);
  } else if (precision == Precision::kInt16 && PointwiseInt16::can_do(weights.shape())) {
    pointwise_.emplace(kernels, weights);
  } else {
    direct_.emplace(kernels, weights);
  }
}

void Conv::run(Run& run, Map in, const EpilogueArgs& epilogue_args) const {
  if (winograd_) return winograd_->run(run, in, epilogue_args);
  if (pointwise_) return pointwise_->run(run, in, epilogue_args);
  direct_->run(run, in, epilogue_args);
}

void Conv::run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const {
  if (winograd_) return winograd_->run(run, in, epilogue_args);
  PONNUKI_CHECK(direct_.has_value());
  direct_->run(run, in, epilogue_args);
}

}  // namespace ponnuki::nn::kernels
