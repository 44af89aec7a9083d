#include "nn/kernels/conv/conv.h"

namespace ponnuki::nn::kernels {

Conv::Conv(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision) {
  const ConvWeights weights(std::move(layers));
  out_ = weights.out();
  if (WinogradConv::can_do(weights.shape())) {
    winograd_.emplace(kernels, weights, precision);
  } else {
    direct_.emplace(kernels, weights);
  }
}

void Conv::run(Run& run, Map in, const EpilogueArgs& epilogue_args) const {
  if (winograd_) return winograd_->run(run, in, epilogue_args);
  direct_->run(run, in, epilogue_args);
}

void Conv::run(Run& run, Map in, const MaskedEpilogueArgs& epilogue_args) const {
  if (winograd_) return winograd_->run(run, in, epilogue_args);
  direct_->run(run, in, epilogue_args);
}

}  // namespace ponnuki::nn::kernels
