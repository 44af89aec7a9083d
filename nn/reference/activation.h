// Activations, elementwise and in place: identity, ReLU, mish x tanh(ln(1 + eˣ)) and SiLU x / (1 +
// e⁻ˣ).
#pragma once

#include <span>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"

namespace ponnuki::nn {

void activate(Activation activation, std::span<float> values);

/// out = activation(scale * in + bias) for each channel: a folded batch norm and the activation
/// after it. Requires in.shape().channels == layer.channels. `out` is resized and may be `in`.
void apply_norm_act(const NormAct& layer, const FeatureMaps& in, FeatureMaps& out);

}  // namespace ponnuki::nn
