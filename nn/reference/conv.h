// Convolution with any kernel size, stride, dilation and zero padding. As usual in deep learning
// this is cross-correlation: the kernel is not mirrored.
#pragma once

#include <span>
#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/window.h"

namespace ponnuki::nn {

/// Arranges the input for one matrix product (im2col). Row (i * width + j) * in_channels + c holds,
/// for each output point, the value of channel c at kernel position (i, j).
///
///     patches [height * width * in][output area]      weights [height * width * in][out]
///     output  [out][output area] = weightsᵀ · patches
void gather_patches(const Window& window, const FeatureMaps& in, std::vector<float>& patches);

/// `weights` is [window.height][window.width][in channels][out channels]. `out` is resized;
/// `patches` is a scratch buffer. Requires window.fits(in.shape()) and out != in.
void convolve(const Window& window, std::span<const float> weights, const FeatureMaps& in,
              FeatureMaps& out, std::vector<float>& patches);

/// Stride 1 and the padding that keeps the board size. Requires odd kernel sides.
Window window_of(const ConvLayer& layer);

/// convolve() with a layer of a model. Requires in.shape().channels == layer.in.
void apply_conv(const ConvLayer& layer, const FeatureMaps& in, FeatureMaps& out,
                std::vector<float>& patches);

}  // namespace ponnuki::nn
