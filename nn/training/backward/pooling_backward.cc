#include "nn/training/backward/pooling_backward.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::nn::training {

float* unpool_image(kernels::Run& run, const kernels::Map& activated, int channels,
                    kernels::PoolKind kind, const float* pooled_gradient) {
  const kernels::Frame& frame = run.work.frame();
  const std::vector<std::int32_t>& points = frame.board_points();
  const auto area = static_cast<float>(frame.size().area());
  const int padded = kernels::padded_channels(channels);
  kernels::Scratch& scratch = run.work.scratch();
  auto* rows = scratch.take<float>(points.size() * static_cast<std::size_t>(padded));
  float* of_mean = scratch.take_zeros(static_cast<std::size_t>(padded));
  const float width = std::sqrt(area) - 14;
  for (int c = 0; c < channels; ++c) {
    of_mean[c] = pooled_gradient[c] + pooled_gradient[channels + c] * width * 0.1F;
    if (kind == kernels::PoolKind::kValueHead)
      of_mean[c] += pooled_gradient[2 * channels + c] * (width * width * 0.01F - 0.1F);
    of_mean[c] /= area;
  }
  for (std::size_t p = 0; p < points.size(); ++p)
    std::copy_n(of_mean, padded, rows + p * static_cast<std::size_t>(padded));
  if (kind == kernels::PoolKind::kValueHead) return rows;
  for (int c = 0; c < channels; ++c) {
    const auto value = [&](std::size_t p) {
      return activated.data[points[p] * activated.stride + c];
    };
    std::size_t greatest = 0;
    for (std::size_t p = 1; p < points.size(); ++p)
      if (value(p) > value(greatest)) greatest = p;
    rows[greatest * static_cast<std::size_t>(padded) + static_cast<std::size_t>(c)] +=
        pooled_gradient[2 * channels + c];
  }
  return rows;
}

float* sum_of_image(kernels::Run& run, const kernels::Map& image, int channels) {
  const auto padded = static_cast<std::size_t>(kernels::padded_channels(channels));
  auto* sum = run.work.scratch().take<float>(padded);
  auto* max = run.work.scratch().take<float>(padded);
  const std::vector<std::int32_t>& points = run.work.frame().board_points();
  run.kernels.pool({image.data, image.stride, points.data(), static_cast<int>(points.size()),
                    static_cast<int>(padded), sum, max});
  return sum;
}

void masked_image(kernels::Run& run, const float* rows, int channels,
                  const kernels::MaskedEpilogueArgs& finish) {
  const std::vector<std::int32_t>& points = run.work.frame().board_points();
  const int padded = kernels::padded_channels(channels);
  run.kernels.training.masked_rows(
      {rows, padded, points.data(), static_cast<int>(points.size()), padded, finish});
}

PoolingBranchBackward::PoolingBranchBackward(const BackwardContext& context,
                                             const NormAct& gpool_norm, const MatMulLayer& to_bias)
    : to_(to_bias.out),
      gpool_(gpool_norm.channels),
      norm_(context, gpool_norm),
      to_bias_(context, to_bias) {}

void PoolingBranchBackward::run_image(BackwardRun& backward, const Maps& maps, const float* pooled,
                                      float* pooled_gradient) const {
  kernels::Run& run = backward.run;
  if (pooled_gradient == nullptr)
    pooled_gradient = run.work.scratch().take_zeros(3 * static_cast<std::size_t>(gpool_));
  to_bias_.run(backward, pooled, sum_of_image(run, maps.to_gradient, to_), pooled_gradient);
  const float* rows = unpool_image(run, maps.gpool_activated, gpool_,
                                   kernels::PoolKind::kMeanAndMax, pooled_gradient);
  masked_image(run, rows, gpool_,
               norm_.finish(backward, maps.gpool_activated, maps.gpool_gradient, false));
}

void PoolingBranchBackward::collect(const float* sums, float* gradient) const {
  norm_.collect(sums, gradient);
  to_bias_.collect(sums, gradient);
}

}  // namespace ponnuki::nn::training
