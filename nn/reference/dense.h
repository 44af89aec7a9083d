// Dense layers on vectors, and softmax.
#pragma once

#include <span>
#include <vector>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"

namespace ponnuki::nn {

/// out[o] = Σ in[i] weights[i][o]. Requires in.size() == layer.in.
std::vector<float> apply_matmul(const MatMulLayer& layer, std::span<const float> in);
/// values += bias. Requires equal sizes.
void add_bias(const BiasLayer& layer, std::span<float> values);
/// Adds bias[c] at every point of channel c. Requires one bias for each channel.
void add_to_channels(std::span<const float> bias, FeatureMaps& maps);
/// a += b. Requires equal shapes.
void add_maps(const FeatureMaps& b, FeatureMaps& a);

/// Converts logits to probabilities, in place. The logits must be finite and not empty.
void softmax(std::span<float> logits);

}  // namespace ponnuki::nn
