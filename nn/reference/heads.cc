// The policy head and the value head, step by step, for boards of any size. Only the pooled values
// depend on the size.
#include "nn/reference/heads.h"

#include <algorithm>

#include "nn/reference/dense.h"
#include "nn/reference/pool.h"

namespace ponnuki::nn {
namespace {

/// The logits of the pass from the pooled features: by one matrix or, from version 15 on, by two
/// with an activation between.
std::vector<float> pass_logits(const PolicyHead& head, std::span<const float> pooled,
                               LayerRun& run) {
  std::vector<float> pass = run.matmul(head.gpool_to_pass, pooled);
  if (head.gpool_to_pass2.weights.empty()) return pass;
  run.bias_act(head.pass_bias, head.pass_activation, pass);
  return run.matmul(head.gpool_to_pass2, pass);
}

}  // namespace

void apply_policy_head(const PolicyHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                       LayerRun& run) {
  // 1. The whole board: g1 is pooled to 3 values for each channel.
  FeatureMaps p1, g1, p2;
  run.conv(head.g1_conv, trunk, g1);
  run.norm_act(head.g1_norm, g1, g1);
  std::vector<float> pooled(static_cast<std::size_t>(head.gpool_to_bias.in));
  global_pool(g1, pooled);

  // 2. Each point, with a bias from the pooled values.
  run.conv(head.p1_conv, trunk, p1);
  add_to_channels(run.matmul(head.gpool_to_bias, pooled), p1);
  run.norm_act(head.p1_norm, p1, p1);
  run.conv(head.p2_conv, p1, p2);

  // 3. The pass has no point: its logits depend on the pooled values only.
  const std::vector<float> pass = pass_logits(head, pooled, run);
  const auto area = static_cast<std::size_t>(p2.shape().area());
  output.policy.resize(pass.size() * (area + 1));
  for (std::size_t c = 0; c < pass.size(); ++c) {
    const auto begin = output.policy.begin() + static_cast<std::ptrdiff_t>(c * (area + 1));
    *std::copy_n(p2.plane(static_cast<int>(c)), area, begin) = pass[c];
  }
}

void apply_value_head(const ValueHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                      LayerRun& run) {
  // 1. v1 is used for the pooled values and for the ownership of each point.
  FeatureMaps v1, ownership;
  run.conv(head.v1_conv, trunk, v1);
  run.norm_act(head.v1_norm, v1, v1);
  std::vector<float> pooled(static_cast<std::size_t>(head.v2_mul.in));
  value_pool(v1, pooled);

  // 2. Outcome and score share a hidden layer.
  std::vector<float> v2 = run.matmul(head.v2_mul, pooled);
  run.bias_act(head.v2_bias, head.v2_activation, v2);
  output.value = run.matmul(head.v3_mul, v2);
  run.bias_act(head.v3_bias, Activation::kIdentity, output.value);
  output.misc = run.matmul(head.misc_mul, v2);
  run.bias_act(head.misc_bias, Activation::kIdentity, output.misc);

  run.conv(head.ownership_conv, v1, ownership);
  output.ownership.assign(ownership.values().begin(), ownership.values().end());
}

}  // namespace ponnuki::nn
