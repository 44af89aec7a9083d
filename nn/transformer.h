// The layers of transformers on feature maps: norms by the root mean square, attention,
// feed-forward. nn/model.h has their formulas.
#pragma once

#include <string>

#include "nn/feature_maps.h"
#include "nn/layer_run.h"
#include "nn/model.h"

namespace ponnuki {

/// `out` gets its shape here. Requires a weight a channel and out != in.
void apply_rms_norm(const RmsNorm& norm, const FeatureMaps& in, FeatureMaps& out);
/// In place.
void apply_tip_rms(const TipRms& norm, FeatureMaps& maps);

/// What the blocks add to x. `result` gets its shape here. Requires checked blocks
/// (nn/model_check.h) and maps of their channels.
void apply_attention(const TransformerAttentionBlock& block, const FeatureMaps& x,
                     FeatureMaps& result, LayerRun& run);
void apply_feed_forward(const TransformerFeedForwardBlock& block, const FeatureMaps& x,
                        FeatureMaps& result, LayerRun& run);

/// How the heads' weighted values, side by side, are called: what the last convolution sees.
std::string heads_name(const TransformerAttentionBlock& block);

}  // namespace ponnuki
