#include "nn/reference/layer_run.h"

#include <algorithm>

#include "nn/reference/activation.h"
#include "nn/reference/conv.h"
#include "nn/reference/dense.h"

namespace ponnuki::nn {

void LayerRun::conv(const ConvLayer& layer, const FeatureMaps& in, FeatureMaps& out) {
  apply_conv(layer, in, out, patches_);
  tell(layer.name, out);
}

void LayerRun::norm_act(const NormAct& layer, const FeatureMaps& in, FeatureMaps& out) {
  apply_norm_act(layer, in, out);
  tell(layer.name, out);
}

std::vector<float> LayerRun::matmul(const MatMulLayer& layer, std::span<const float> in) {
  std::vector<float> out = apply_matmul(layer, in);
  tell(layer.name, out);
  return out;
}

void LayerRun::bias_act(const BiasLayer& layer, Activation activation, std::span<float> values) {
  add_bias(layer, values);
  activate(activation, values);
  tell(layer.name, values);
}

void LayerRun::add(const std::string& block, const FeatureMaps& x, FeatureMaps& sum) {
  add_maps(x, sum);
  tell(block, sum);
}

void LayerRun::tell(const std::string& layer, std::span<const float> numbers) const {
  if (!observer_) return;
  FeatureMaps maps({static_cast<int>(numbers.size()), 1, 1});
  std::ranges::copy(numbers, maps.values().begin());
  observer_(layer, maps);
}

}  // namespace ponnuki::nn
