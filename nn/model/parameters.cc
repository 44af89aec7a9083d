#include "nn/model/parameters.h"

#include <algorithm>
#include <type_traits>
#include <variant>

#include "engine/check.h"
#include "nn/model/model_visit.h"

namespace ponnuki::nn {
namespace {

/// Calls take(name, numbers, is_bias) for every trained vector. The layers are const if the model
/// is.
template <bool kWrites, typename Take>
struct TrainedVectors {
  Take take;

  template <typename Layer>
  void operator()(Layer& layer) {
    if constexpr (std::is_const_v<Layer> && kWrites) {
      PONNUKI_CHECK(false);  // in a nested block: not trained
    } else {
      visit(layer);
    }
  }
  template <typename Layer>
  void visit(Layer& layer) {
    if constexpr (requires { layer.weights; }) {
      take(layer.name, layer.weights, false);
    } else if constexpr (requires { layer.bias; }) {
      // A BiasLayer, or a norm, whose scale is not trained.
      take(layer.name, layer.bias, true);
    } else {
      PONNUKI_CHECK(false);  // in a transformer block: not trained
    }
  }
};

template <typename AnyModel, typename Take>
void visit_trained(AnyModel& model, const Take& take) {
  const auto take_some = [&](const std::string& name, auto& numbers, bool is_bias) {
    if (!numbers.empty()) take(name, numbers, is_bias);
  };
  TrainedVectors<!std::is_const_v<AnyModel>, decltype(take_some)> visit{take_some};
  visit_layers(model, visit);
}

bool is_trained(const Block& block) {
  return std::holds_alternative<ResidualBlock>(block) ||
         std::holds_alternative<GlobalPoolingBlock>(block);
}

}  // namespace

ParameterLayout::ParameterLayout(const Model& model) {
  PONNUKI_CHECK(std::ranges::all_of(model.trunk.blocks, is_trained) && !model.trunk.metadata);
  PONNUKI_CHECK(!model.trunk.tip_rms);
  visit_trained(model, [this](const std::string& name, const std::vector<float>& numbers,
                              bool is_bias) { add(name, numbers, is_bias); });
  mark_hidden(model);
}

template <typename Layer>
void ParameterLayout::mark_hidden(const Layer& layer) {
  if constexpr (requires { layer.weights; }) {
    const auto at = std::ranges::find(tensors_, offset_of(layer.weights), &ParameterTensor::begin);
    at->hidden_columns = layer.out;
  }
}

void ParameterLayout::mark_hidden(const Model& model) {
  const auto mark = [this](const char*, const auto& part, const PartInfo&) { mark_hidden(part); };
  for (const Block& block : model.trunk.blocks)
    std::visit([&](const auto& b) { visit_parts(b, {}, mark); }, block);
  mark_hidden(model.policy.p1_conv);
  mark_hidden(model.policy.g1_conv);
  mark_hidden(model.policy.gpool_to_bias);
  mark_hidden(model.value.v1_conv);
  mark_hidden(model.value.v2_mul);
}

void ParameterLayout::add(const std::string& name, const std::vector<float>& numbers,
                          bool is_bias) {
  offsets_[numbers.data()] = size_;
  tensors_.push_back({name, size_, numbers.size(), is_bias});
  size_ += numbers.size();
}

std::size_t ParameterLayout::offset_of(const std::vector<float>& numbers) const {
  const auto found = offsets_.find(numbers.data());
  PONNUKI_CHECK(found != offsets_.end());
  return found->second;
}

std::vector<float> parameters_of(const Model& model) {
  std::vector<float> values;
  visit_trained(model, [&](const std::string&, const std::vector<float>& numbers, bool) {
    values.insert(values.end(), numbers.begin(), numbers.end());
  });
  return values;
}

void set_parameters(std::span<const float> values, Model& model) {
  visit_trained(model, [&](const std::string&, std::vector<float>& numbers, bool) {
    PONNUKI_CHECK(values.size() >= numbers.size());
    std::ranges::copy(values.first(numbers.size()), numbers.begin());
    values = values.subspan(numbers.size());
  });
  PONNUKI_CHECK(values.empty());
}

}  // namespace ponnuki::nn
