// Helpers for vectors of channels: dense layers and pooling. They handle a few thousand numbers for
// each position, so plain loops are fast enough.
#pragma once

#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

/// Returns the epilogue for maps that start `points` points after those of `epilogue_args`.
EpilogueArgs shifted(EpilogueArgs epilogue_args, std::ptrdiff_t points);

float activate(Activation activation, float x);

enum class PoolKind { kMeanAndMax, kValueHead };

/// Pools channels [0, channels) of one image to 3 * channels numbers, in scratch memory: the mean;
/// mean * (√area - 14) / 10; and the maximum or, for the value head, mean * ((√area - 14)² / 100 -
/// 0.1).
float* pool_image(Run& run, const Map& image, int channels, PoolKind kind);

/// Applies act(scale * x + bias) in place to channels [0, padded(channels)) of one image.
struct InPlaceNorm {
  const float* scale;
  const float* bias;
  Activation activation;
  int channels;
};
void norm_image(Run& run, const Map& image, const InPlaceNorm& norm);

/// The part of `map` that belongs to one image of the batch.
Map image_of(Run& run, const Map& map, int image);

/// The bias that turns norm(x) into norm(x + added): bias + scale * added, in scratch memory.
float* bias_with(const Norm& norm, const float* added, Scratch& scratch);

}  // namespace ponnuki::nn::kernels
