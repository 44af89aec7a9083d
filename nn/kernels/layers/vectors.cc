#include "nn/kernels/layers/vectors.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::nn::kernels {

EpilogueArgs shifted(EpilogueArgs epilogue_args, std::ptrdiff_t points) {
  if (epilogue_args.residual) epilogue_args.residual += points * epilogue_args.residual_stride;
  if (epilogue_args.raw) epilogue_args.raw += points * epilogue_args.raw_stride;
  if (epilogue_args.activated) epilogue_args.activated += points * epilogue_args.activated_stride;
  return epilogue_args;
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
  EpilogueArgs epilogue_args;
  epilogue_args.residual = image.data;
  epilogue_args.activated = image.data;
  epilogue_args.residual_stride = epilogue_args.activated_stride = image.stride;
  epilogue_args.scale = norm.scale;
  epilogue_args.bias = norm.bias;
  epilogue_args.activation = norm.activation;
  run.kernels.epilogue_rows(
      {zeros, 0, frame.board_points().data(), frame.size().area(), padded, epilogue_args});
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
