#include "nn/kernels/conv/conv.h"

#include "engine/check.h"

namespace ponnuki::nn::kernels {

Conv::Conv(const KernelTable& kernels, std::vector<const ConvLayer*> layers, Precision precision) {
  const ConvWeights weights(std::move(layers));
  height_ = weights.shape().height;
  width_ = weights.shape().width;
  in_ = weights.in();
  out_ = weights.out();
  if (WinogradConv::can_do(weights.shape())) {
    winograd_.emplace(kernels, weights, precision);
  } else if (precision == Precision::kInt16 && PointwiseInt16::can_do(weights.shape())) {
    pointwise_.emplace(kernels, weights);
  } else {
    direct_.emplace(kernels, weights);
  }
  in_pairs_ = precision == Precision::kInt16 && !direct_;
}

StepFacts Conv::facts(const Workspace& work) const {
  const std::int64_t rows =
      winograd_ ? tile_elements(work) : std::int64_t{work.area()} * height_ * width_;
  return {std::to_string(height_) + "x" + std::to_string(width_) + " convolution",
          products_of(rows * in_ * out_, in_pairs_)};
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
