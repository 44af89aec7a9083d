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

void Conv::run(Run& run, Map in, const Finish& finish) const {
  if (winograd_) return winograd_->run(run, in, finish);
  direct_->run(run, in, finish);
}

void Conv::run(Run& run, Map in, const MaskedFinish& finish) const {
  if (winograd_) return winograd_->run(run, in, finish);
  direct_->run(run, in, finish);
}

}  // namespace ponnuki::nn::kernels
