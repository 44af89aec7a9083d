// Strings the layers together: trunk, policy head, value head.
#include "nn/reference_network.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/activation.h"
#include "nn/blocks.h"
#include "nn/conv.h"
#include "nn/dense.h"
#include "nn/heads.h"
#include "nn/model_check.h"
#include "nn/transformer.h"

namespace ponnuki {
namespace {

/// What the "human" nets know of players and server, as a bias of the trunk's channels.
std::vector<float> encode_metadata(const MetadataEncoder& encoder,
                                   std::span<const float> features) {
  std::vector<float> x = apply_matmul(encoder.mul1, features);
  add_bias(encoder.bias1, x);
  activate(encoder.act1, x);
  x = apply_matmul(encoder.mul2, x);
  add_bias(encoder.bias2, x);
  activate(encoder.act2, x);
  return apply_matmul(encoder.mul3, x);
}

/// What is the same at every point of the trunk's first maps.
void add_global_features(const Trunk& trunk, const NetworkInput& input, FeatureMaps& x) {
  const auto count = static_cast<std::size_t>(trunk.initial_matmul.in);
  add_to_channels(apply_matmul(trunk.initial_matmul, {input.global, count}), x);
  if (!trunk.metadata) return;
  std::vector<float> features(static_cast<std::size_t>(trunk.metadata->mul1.in));
  if (input.metadata != nullptr) std::copy_n(input.metadata, features.size(), features.begin());
  add_to_channels(encode_metadata(*trunk.metadata, features), x);
}

/// planes → convolution + global features → blocks → norm, or norms
void apply_trunk(const Trunk& trunk, const NetworkInput& input, FeatureMaps& x,
                 std::vector<float>& patches) {
  FeatureMaps planes({trunk.initial_conv.in, input.size.height, input.size.width});
  std::copy_n(input.spatial, planes.values().size(), planes.values().begin());
  apply_conv(trunk.initial_conv, planes, x, patches);
  add_global_features(trunk, input, x);
  apply_blocks(trunk.blocks, x, patches);
  if (trunk.tip_rms) apply_tip_rms(*trunk.tip_rms, x);
  apply_norm_act(trunk.tip, x, x);
}

}  // namespace

ReferenceNetwork::ReferenceNetwork(std::shared_ptr<const Model> model) : model_(std::move(model)) {
  PONNUKI_CHECK(check_model(*model_).ok());
}

void ReferenceNetwork::forward(std::span<const NetworkInput> inputs,
                               std::span<NetworkOutput> outputs) {
  PONNUKI_CHECK(inputs.size() == outputs.size());
  FeatureMaps trunk;
  std::vector<float> patches;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    apply_trunk(model_->trunk, inputs[i], trunk, patches);
    apply_policy_head(model_->policy, trunk, outputs[i], patches);
    apply_value_head(model_->value, trunk, outputs[i], patches);
  }
}

}  // namespace ponnuki
