// The frequencies of rotary embeddings (Rope in nn/model/model.h).
#pragma once

#include <vector>

#include "nn/model/model.h"

namespace ponnuki::nn {

/// Radians for each point along x and y by which a pair of channels is rotated.
struct RopeFrequency {
  float x = 0, y = 0;
};

/// [kv_heads][query_channels / 2]. Fixed ones are the same for all heads: of the P pairs the first
/// P / 2 rotate along y, the others along x, in each half with theta^(-2i / P) for i = 0, 1, ...
/// Requires a checked block that has a rotary embedding.
std::vector<RopeFrequency> rope_frequencies(const TransformerAttentionBlock& block);

}  // namespace ponnuki::nn
