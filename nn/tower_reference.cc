#include "nn/tower_reference.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/activation.h"
#include "nn/conv.h"
#include "nn/dense.h"

namespace ponnuki {
namespace {

/// Maps between the layers of one forward pass.
struct Scratch {
  FeatureMaps middle, result;
  std::vector<float> patches;
};

// act(norm(conv(x)))
void apply(const ConvUnit& unit, FeatureMaps& x, Scratch& s) {
  apply_conv(unit.conv, x, s.result, s.patches);
  apply_norm_act(unit.norm, s.result, x);
}

// act(x + norm2(conv2(act(norm1(conv1(x))))))
void apply(const TowerResidualBlock& block, FeatureMaps& x, Scratch& s) {
  apply_conv(block.first.conv, x, s.middle, s.patches);
  apply_norm_act(block.first.norm, s.middle, s.middle);
  apply_conv(block.second.conv, s.middle, s.result, s.patches);
  NormAct linear = block.second.norm;
  linear.activation = Activation::kIdentity;
  apply_norm_act(linear, s.result, s.result);
  add_maps(s.result, x);
  activate(block.second.norm.activation, x.values());
}

std::vector<float> apply_dense(const DenseLayer& layer, std::span<const float> in) {
  std::vector<float> out = apply_matmul(layer.product, in);
  add_bias(layer.bias, out);
  activate(layer.activation, out);
  return out;
}

/// A head's 1×1 convolution, flattened channel by channel as the maps lie.
std::vector<float> flatten(const ConvUnit& unit, const FeatureMaps& trunk, Scratch& s) {
  FeatureMaps maps;
  apply_conv(unit.conv, trunk, maps, s.patches);
  apply_norm_act(unit.norm, maps, maps);
  return {maps.values().begin(), maps.values().end()};
}

}  // namespace

TowerReference::TowerReference(std::shared_ptr<const TowerModel> model) : model_(std::move(model)) {
  PONNUKI_CHECK(check_tower(*model_).ok());
}

void TowerReference::forward(std::span<const NetworkInput> inputs,
                             std::span<NetworkOutput> outputs) {
  PONNUKI_CHECK(inputs.size() == outputs.size());
  Scratch s;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    PONNUKI_CHECK(inputs[i].size == model_->size);
    FeatureMaps x({model_->planes(), model_->size.height, model_->size.width});
    std::copy_n(inputs[i].spatial, x.values().size(), x.values().begin());
    apply(model_->stem, x, s);
    for (const TowerBlock& block : model_->blocks)
      std::visit([&](const auto& b) { apply(b, x, s); }, block);
    NetworkOutput& output = outputs[i];
    output.policy = flatten(model_->policy.conv, x, s);
    if (model_->policy.dense)
      output.policy = apply_dense(*model_->policy.dense, output.policy);
    else
      add_bias(model_->policy.point_bias, output.policy);
    output.value.clear();
    if (!model_->value) continue;
    output.value =
        apply_dense(model_->value->output,
                    apply_dense(model_->value->hidden, flatten(model_->value->conv, x, s)));
  }
}

}  // namespace ponnuki
