#include "nn/model/rope.h"

#include <cmath>

#include "engine/check.h"

namespace ponnuki::nn {
namespace {

RopeFrequency fixed_frequency(float theta, int pair, int pairs) {
  const bool along_y = pair < pairs / 2;
  const int i = along_y ? pair : pair - pairs / 2;
  const float frequency =
      std::pow(theta, -2.0F * static_cast<float>(i) / static_cast<float>(pairs));
  return along_y ? RopeFrequency{0, frequency} : RopeFrequency{frequency, 0};
}

}  // namespace

std::vector<RopeFrequency> rope_frequencies(const TransformerAttentionBlock& block) {
  PONNUKI_CHECK(block.rope.kind != Rope::Kind::kNone);
  const int pairs = block.query_channels / 2;
  std::vector<RopeFrequency> frequencies;
  for (int i = 0; i < block.kv_heads * pairs; ++i) {
    if (block.rope.kind == Rope::Kind::kFixed) {
      frequencies.push_back(fixed_frequency(block.rope.theta, i % pairs, pairs));
    } else {
      const float* learned = block.rope.frequencies.data() + std::ptrdiff_t{2} * i;
      frequencies.push_back({learned[0], learned[1]});
    }
  }
  return frequencies;
}

}  // namespace ponnuki::nn
