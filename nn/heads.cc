// Policy head and value head, step by step. A board of any size goes in; only the pooled numbers
// know its size.
#include "nn/heads.h"

#include <algorithm>

#include "nn/activation.h"
#include "nn/conv.h"
#include "nn/dense.h"
#include "nn/pool.h"

namespace ponnuki {
namespace {

/// Logits of the pass from the pooled features: one matrix, or from version 15 on two with an
/// activation between.
std::vector<float> pass_logits(const PolicyHead& head, std::span<const float> pooled) {
  std::vector<float> pass = apply_matmul(head.gpool_to_pass, pooled);
  if (head.gpool_to_pass2.weights.empty()) return pass;
  add_bias(head.pass_bias, pass);
  activate(head.pass_activation, pass);
  return apply_matmul(head.gpool_to_pass2, pass);
}

}  // namespace

void apply_policy_head(const PolicyHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                       std::vector<float>& patches) {
  // 1. What the whole board says: g1 pooled to 3 numbers a channel.
  FeatureMaps p1, g1, p2;
  apply_conv(head.g1_conv, trunk, g1, patches);
  apply_norm_act(head.g1_norm, g1, g1);
  std::vector<float> pooled(static_cast<std::size_t>(head.gpool_to_bias.in));
  global_pool(g1, pooled);

  // 2. What each point says, given that.
  apply_conv(head.p1_conv, trunk, p1, patches);
  add_to_channels(apply_matmul(head.gpool_to_bias, pooled), p1);
  apply_norm_act(head.p1_norm, p1, p1);
  apply_conv(head.p2_conv, p1, p2, patches);

  // 3. The pass has no point: its logits come from the pooled numbers alone.
  const std::vector<float> pass = pass_logits(head, pooled);
  const auto area = static_cast<std::size_t>(p2.shape().area());
  output.policy.resize(pass.size() * (area + 1));
  for (std::size_t c = 0; c < pass.size(); ++c) {
    const auto begin = output.policy.begin() + static_cast<std::ptrdiff_t>(c * (area + 1));
    *std::copy_n(p2.plane(static_cast<int>(c)), area, begin) = pass[c];
  }
}

void apply_value_head(const ValueHead& head, const FeatureMaps& trunk, NetworkOutput& output,
                      std::vector<float>& patches) {
  // 1. v1 serves both the pooled numbers and the ownership of each point.
  FeatureMaps v1, ownership;
  apply_conv(head.v1_conv, trunk, v1, patches);
  apply_norm_act(head.v1_norm, v1, v1);
  std::vector<float> pooled(static_cast<std::size_t>(head.v2_mul.in));
  value_pool(v1, pooled);

  // 2. Outcome and score share a hidden layer.
  std::vector<float> v2 = apply_matmul(head.v2_mul, pooled);
  add_bias(head.v2_bias, v2);
  activate(head.v2_activation, v2);
  output.value = apply_matmul(head.v3_mul, v2);
  add_bias(head.v3_bias, output.value);
  output.misc = apply_matmul(head.misc_mul, v2);
  add_bias(head.misc_bias, output.misc);

  apply_conv(head.ownership_conv, v1, ownership, patches);
  output.ownership.assign(ownership.values().begin(), ownership.values().end());
}

}  // namespace ponnuki
