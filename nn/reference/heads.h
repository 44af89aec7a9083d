// The heads of a net: from the trunk's last maps (after the tip's norm) to the raw outputs.
// docs/formats.md draws them.
#pragma once

#include "nn/model/model.h"
#include "nn/network.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/layer_run.h"

namespace ponnuki::nn {

/// Fills output.policy: [policy channels][area + 1], pass last.
void apply_policy_head(const PolicyHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                       LayerRun& run);

/// Fills output.value, output.misc and output.ownership.
void apply_value_head(const ValueHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                      LayerRun& run);

}  // namespace ponnuki::nn
