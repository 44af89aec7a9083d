// Pooling: by a sliding window, and over the whole board as in KataGo's nets.
#pragma once

#include <span>

#include "nn/reference/feature_maps.h"
#include "nn/reference/window.h"

namespace ponnuki::nn {

/// The maximum, or the mean, of the points under each window; padding does not count. `out` is
/// resized. Requires dilation 1, padding smaller than the window, window.fits(in.shape()) and out
/// != in.
void max_pool(const Window& window, const FeatureMaps& in, FeatureMaps& out);
void mean_pool(const Window& window, const FeatureMaps& in, FeatureMaps& out);

// Global pooling of C channels to 3 C values, in three runs of C. With w = sqrt(area), the two
// scaled means let a net distinguish board sizes. They are 0 on 14×14, the centre that KataGo's
// nets use.

/// [mean] [mean (w - 14) / 10] [max], for trunk and policy. Requires pooled.size() == 3 C.
void global_pool(const FeatureMaps& in, std::span<float> pooled);
/// [mean] [mean (w - 14) / 10] [mean ((w - 14)² / 100 - 0.1)], for the value head. Requires
/// pooled.size() == 3 C.
void value_pool(const FeatureMaps& in, std::span<float> pooled);

}  // namespace ponnuki::nn
