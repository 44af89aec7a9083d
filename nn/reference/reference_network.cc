// Computes trunk, policy head and value head in order.
#include "nn/reference/reference_network.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/model/model_check.h"
#include "nn/reference/blocks.h"
#include "nn/reference/dense.h"
#include "nn/reference/heads.h"
#include "nn/reference/transformer.h"

namespace ponnuki::nn {
namespace {

/// The metadata of players and server that "human" nets take, encoded as a bias of the trunk's
/// channels.
std::vector<float> encode_metadata(const MetadataEncoder& encoder, std::span<const float> features,
                                   LayerRun& run) {
  std::vector<float> x = run.matmul(encoder.mul1, features);
  run.bias_act(encoder.bias1, encoder.act1, x);
  x = run.matmul(encoder.mul2, x);
  run.bias_act(encoder.bias2, encoder.act2, x);
  return run.matmul(encoder.mul3, x);
}

/// Adds the part of the trunk's first maps that is the same at every point.
void add_global_features(const Trunk& trunk, const NetworkInput& input, FeatureMaps& x,
                         LayerRun& run) {
  const auto count = static_cast<std::size_t>(trunk.initial_matmul.in);
  add_to_channels(run.matmul(trunk.initial_matmul, {input.global, count}), x);
  if (!trunk.metadata) return;
  std::vector<float> features(static_cast<std::size_t>(trunk.metadata->mul1.in));
  if (input.metadata != nullptr) std::copy_n(input.metadata, features.size(), features.begin());
  add_to_channels(encode_metadata(*trunk.metadata, features, run), x);
}

/// planes → convolution + global features → blocks → norm, or norms
void apply_trunk(const Trunk& trunk, const NetworkInput& input, FeatureMaps& x, LayerRun& run) {
  FeatureMaps planes({trunk.initial_conv.in, input.size.height, input.size.width});
  std::copy_n(input.spatial, planes.values().size(), planes.values().begin());
  run.conv(trunk.initial_conv, planes, x);
  add_global_features(trunk, input, x, run);
  apply_blocks(trunk.blocks, x, run);
  if (trunk.tip_rms) apply_tip_rms(*trunk.tip_rms, x);
  run.norm_act(trunk.tip, x, x);
}

}  // namespace

ReferenceNetwork::ReferenceNetwork(std::shared_ptr<const Model> model) : model_(std::move(model)) {
  PONNUKI_CHECK(check_model(*model_).ok());
}

void ReferenceNetwork::forward(std::span<const NetworkInput> inputs,
                               std::span<NetworkOutput> outputs) {
  forward_observed(inputs, outputs, {});
}

void ReferenceNetwork::forward_observed(std::span<const NetworkInput> inputs,
                                        std::span<NetworkOutput> outputs,
                                        const LayerObserver& observer) const {
  PONNUKI_CHECK(inputs.size() == outputs.size());
  FeatureMaps trunk;
  LayerRun run(observer);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    apply_trunk(model_->trunk, inputs[i], trunk, run);
    apply_policy_head(model_->policy, trunk, outputs[i], run);
    apply_value_head(model_->value, trunk, outputs[i], run);
  }
}

}  // namespace ponnuki::nn
