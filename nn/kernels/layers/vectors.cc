#include "nn/kernels/layers/vectors.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::nn::kernels {

Finish shifted(Finish finish, std::ptrdiff_t points) {
  if (finish.residual) finish.residual += points * finish.residual_stride;
  if (finish.raw) finish.raw += points * finish.raw_stride;
  if (finish.activated) finish.activated += points * finish.activated_stride;
  return finish;
}

float activate(Activation activation, float x) {
  switch (activation) {
    case Activation::kRelu:
      return std::max(x, 0.0F);
    case Activation::kMish:
      return x > 20 ? x : x * std::tanh(std::log1p(std::exp(x)));
    case Activation::kSilu:
      return x / (1 + std::exp(-x));
    case Activation::kIdentity:
      break;
  }
  return x;
}

float* pool_image(Run& run, const Map& image, int channels, PoolKind kind) {
  const Frame& frame = run.work.frame();
  const int area = frame.size().area(), padded = padded_channels(channels);
  Scratch& scratch = run.work.scratch();
  auto* sum = scratch.take<float>(static_cast<std::size_t>(padded));
  auto* max = scratch.take<float>(static_cast<std::size_t>(padded));
  run.kernels.pool({image.data, image.stride, frame.board_points().data(), area, padded, sum, max});
  auto* pooled = scratch.take<float>(3 * static_cast<std::size_t>(channels));
  const float width = std::sqrt(static_cast<float>(area)) - 14;
  for (int c = 0; c < channels; ++c) {
    const float mean = sum[c] / static_cast<float>(area);
    pooled[c] = mean;
    pooled[channels + c] = mean * width * 0.1F;
    pooled[2 * channels + c] =
        kind == PoolKind::kValueHead ? mean * (width * width * 0.01F - 0.1F) : max[c];
  }
  return pooled;
}

void norm_image(Run& run, const Map& image, const InPlaceNorm& norm) {
  const Frame& frame = run.work.frame();
  const int padded = padded_channels(norm.channels);
  const float* zeros = run.work.scratch().take_zeros(static_cast<std::size_t>(padded));
  Finish finish;
  finish.residual = image.data;
  finish.activated = image.data;
  finish.residual_stride = finish.activated_stride = image.stride;
  finish.scale = norm.scale;
  finish.bias = norm.bias;
  finish.activation = norm.activation;
  run.kernels.finish_rows(
      {zeros, 0, frame.board_points().data(), frame.size().area(), padded, finish});
}

Map image_of(Run& run, const Map& map, int image) {
  const std::ptrdiff_t first = std::ptrdiff_t{image} * run.work.frame().points();
  return {map.data + first * map.stride, map.stride};
}

float* bias_with(const Norm& norm, const float* added, Scratch& scratch) {
  auto* bias = scratch.take<float>(norm.bias.size());
  for (std::size_t c = 0; c < norm.bias.size(); ++c)
    bias[c] = norm.bias[c] + norm.scale[c] * added[c];
  return bias;
}

}  // namespace ponnuki::nn::kernels
