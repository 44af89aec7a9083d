#include "nn/evaluators/policy_softmax.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::nn {
namespace {

constexpr float kMaxPassRatio = 19;
constexpr float kMinPassWeight = 1e-20F;

}  // namespace

bool policy_softmax(bool cap_pass, std::vector<float>& policy) {
  const float highest = *std::max_element(policy.begin(), policy.end());
  if (!std::isfinite(highest)) return false;
  float sum = 0;
  for (std::size_t i = 0; i + 1 < policy.size(); ++i) {
    if (policy[i] == -INFINITY) continue;
    policy[i] = std::exp(policy[i] - highest);
    sum += policy[i];
  }
  float& pass = policy.back();
  pass = std::exp(pass - highest);
  if (cap_pass) pass = std::max(kMinPassWeight, std::min(pass, sum * kMaxPassRatio));
  sum += pass;
  if (!std::isfinite(sum)) return false;
  for (float& value : policy) value = value == -INFINITY ? -1.0F : value / sum;
  return true;
}

}  // namespace ponnuki::nn
