#include "nn/reference/tower_reference.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/reference/activation.h"
#include "nn/reference/dense.h"

namespace ponnuki::nn {
namespace {

// act(norm(conv(x)))
void apply(const ConvUnit& unit, FeatureMaps& x, LayerRun& run) {
  FeatureMaps result;
  run.conv(unit.conv, x, result);
  run.norm_act(unit.norm, result, x);
}

// act(x + norm2(conv2(act(norm1(conv1(x))))))
void apply(const TowerResidualBlock& block, FeatureMaps& x, LayerRun& run) {
  FeatureMaps middle = x, result;
  apply(block.first, middle, run);
  run.conv(block.second.conv, middle, result);
  NormAct linear = block.second.norm;
  linear.activation = Activation::kIdentity;
  apply_norm_act(linear, result, result);
  add_maps(result, x);
  activate(block.second.norm.activation, x.values());
  run.tell(block.second.norm.name, x);
}

std::vector<float> apply_dense(const DenseLayer& layer, std::span<const float> in, LayerRun& run) {
  std::vector<float> out = run.matmul(layer.product, in);
  run.bias_act(layer.bias, layer.activation, out);
  return out;
}

/// Applies a head's 1×1 convolution and flattens the result channel by channel, the order of
/// FeatureMaps.
std::vector<float> flatten(const ConvUnit& unit, FeatureMaps trunk, LayerRun& run) {
  apply(unit, trunk, run);
  return {trunk.values().begin(), trunk.values().end()};
}

void forward_one(const TowerModel& model, const NetworkInput& input, NetworkOutput& output,
                 LayerRun& run) {
  PONNUKI_CHECK(input.size == model.size);
  FeatureMaps x({model.planes(), model.size.height, model.size.width});
  std::copy_n(input.spatial, x.values().size(), x.values().begin());
  apply(model.stem, x, run);
  for (const TowerBlock& block : model.blocks)
    std::visit([&](const auto& b) { apply(b, x, run); }, block);
  output.policy = flatten(model.policy.conv, x, run);
  if (model.policy.dense)
    output.policy = apply_dense(*model.policy.dense, output.policy, run);
  else
    run.bias_act(model.policy.point_bias, Activation::kIdentity, output.policy);
  output.value.clear();
  if (!model.value) return;
  output.value =
      apply_dense(model.value->output,
                  apply_dense(model.value->hidden, flatten(model.value->conv, x, run), run), run);
}

}  // namespace

TowerReference::TowerReference(std::shared_ptr<const TowerModel> model) : model_(std::move(model)) {
  PONNUKI_CHECK(check_tower(*model_).ok());
}

void TowerReference::forward(std::span<const NetworkInput> inputs,
                             std::span<NetworkOutput> outputs) {
  forward_observed(inputs, outputs, {});
}

void TowerReference::forward_observed(std::span<const NetworkInput> inputs,
                                      std::span<NetworkOutput> outputs,
                                      const LayerObserver& observer) const {
  PONNUKI_CHECK(inputs.size() == outputs.size());
  LayerRun run(observer);
  for (std::size_t i = 0; i < inputs.size(); ++i) forward_one(*model_, inputs[i], outputs[i], run);
}

}  // namespace ponnuki::nn
