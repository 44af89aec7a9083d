// The frequencies of rotary embeddings (Rope in nn/model/model.h).
#pragma once

#include <vector>

#include "nn/model/model.h"

namespace ponnuki::nn {

/// The angles, in radians for each point along x and along y, by which a pair of channels is
/// rotated.
struct RopeFrequency {
  float x = 0, y = 0;
};

/// [kv_heads][query_channels / 2]. Fixed frequencies are the same for all heads. Of the P pairs,
/// the first P / 2 rotate along y and the others along x; in each half the frequencies are
/// theta^(-2i / P) for i = 0, 1, ... Requires a checked block that has a rotary embedding.
std::vector<RopeFrequency> rope_frequencies(const TransformerAttentionBlock& block);

}  // namespace ponnuki::nn
