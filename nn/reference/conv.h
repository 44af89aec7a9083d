// Convolution with any kernel, stride, dilation and zero padding; one kernel is shared over the
// whole board. Cross-correlation, as everywhere in deep learning: the kernel is not mirrored.
#pragma once

#include <span>
#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/window.h"

namespace ponnuki::nn {

/// Laid out for one matrix product (im2col): row (i * width + j) * in_channels + c holds, for each
/// output point, the value of channel c that kernel cell (i, j) sees there.
///
///     patches [height * width * in][output area]      weights [height * width * in][out]
///     output  [out][output area] = weightsᵀ · patches
void gather_patches(const Window& window, const FeatureMaps& in, std::vector<float>& patches);

/// `weights` is [window.height][window.width][in channels][out channels]. `out` gets its shape
/// here; `patches` is scratch. Requires window.fits(in.shape()) and out != in.
void convolve(const Window& window, std::span<const float> weights, const FeatureMaps& in,
              FeatureMaps& out, std::vector<float>& patches);

/// Stride 1 and the padding that keeps the board's size. Requires odd kernel sides.
Window window_of(const ConvLayer& layer);

/// convolve() with a layer of a model. Requires in.shape().channels == layer.in.
void apply_conv(const ConvLayer& layer, const FeatureMaps& in, FeatureMaps& out,
                std::vector<float>& patches);

}  // namespace ponnuki::nn
