// Transformer layers on feature maps: RMS norms, attention, feed-forward. nn/model/model.h has
// their formulas.
#pragma once

#include <string>

#include "nn/model/model.h"
#include "nn/reference/feature_maps.h"
#include "nn/reference/layer_run.h"

namespace ponnuki::nn {

/// `out` is resized. Requires one weight for each channel and out != in.
void apply_rms_norm(const RmsNorm& norm, const FeatureMaps& in, FeatureMaps& out);
/// In place.
void apply_tip_rms(const TipRms& norm, FeatureMaps& maps);

/// Compute the term that a block adds to x. `result` is resized. Require checked blocks
/// (nn/model/model_check.h) and maps with the blocks' channels.
void apply_attention(const TransformerAttentionBlock& block, const FeatureMaps& x,
                     FeatureMaps& result, LayerRun& run);
void apply_feed_forward(const TransformerFeedForwardBlock& block, const FeatureMaps& x,
                        FeatureMaps& result, LayerRun& run);

}  // namespace ponnuki::nn
