#include "nn/training/training_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/check.h"
#include "engine/random.h"
#include "nn/inputs/planes.h"

namespace ponnuki::nn::training {
namespace {

constexpr double kOutputGain = 0.1;  // as in make_initial_model()

/// Resizes [rows][columns] to `to` columns: adds random columns or drops the last ones.
std::vector<float> resized(const std::vector<float>& matrix, int rows, int from, int to,
                           Random& random) {
  std::vector<float> result;
  result.reserve(static_cast<std::size_t>(rows * to));
  const double stdev = kOutputGain * std::sqrt(2.0 / rows);
  for (int r = 0; r < rows; ++r) {
    for (int c = 0; c < to; ++c) {
      result.push_back(c < from ? matrix[static_cast<std::size_t>(r * from + c)]
                                : static_cast<float>(stdev * random.normal()));
    }
  }
  return result;
}

// A 1 × 1 convolution or a matrix.
template <typename Layer>
void resize(Layer& layer, int out, Random& random) {
  layer.weights = resized(layer.weights, layer.in, layer.out, out, random);
  layer.out = out;
}

struct Outputs {
  int policies, values, misc;
};
constexpr Outputs kPublished{1, 3, kPublishedMisc};

Model with_outputs(Model model, const Outputs& outputs, std::uint64_t seed) {
  PONNUKI_CHECK(model.version == 11);
  Random random(seed);
  resize(model.policy.p2_conv, outputs.policies, random);
  resize(model.policy.gpool_to_pass, outputs.policies, random);
  resize(model.value.v3_mul, outputs.values, random);
  resize(model.value.misc_mul, outputs.misc, random);
  model.value.v3_bias.bias.resize(static_cast<std::size_t>(outputs.values));
  model.value.misc_bias.bias.resize(static_cast<std::size_t>(outputs.misc));
  return model;
}

void take_rest(std::vector<float>& numbers, const std::vector<float>& source, int first) {
  std::copy(source.begin() + first, source.end(), numbers.begin() + first);
}

template <typename Layer>
void take_outputs(Layer& layer, const Layer& source, int first) {
  for (int r = 0; r < layer.in; ++r) {
    const std::ptrdiff_t row = std::ptrdiff_t{r} * layer.out;
    std::copy(source.weights.begin() + row + first, source.weights.begin() + row + layer.out,
              layer.weights.begin() + row + first);
  }
}

}  // namespace

Model with_training_outputs(Model model, std::uint64_t seed) {
  return with_outputs(std::move(model), {kTrainedPolicies, kTrainedValues, kTrainedMisc}, seed);
}

Model with_training_outputs(Model model, const Model& trained) {
  model = with_training_outputs(std::move(model), 0);
  take_outputs(model.policy.p2_conv, trained.policy.p2_conv, kPublished.policies);
  take_outputs(model.policy.gpool_to_pass, trained.policy.gpool_to_pass, kPublished.policies);
  take_outputs(model.value.v3_mul, trained.value.v3_mul, kPublished.values);
  take_outputs(model.value.misc_mul, trained.value.misc_mul, kPublished.misc);
  take_rest(model.value.v3_bias.bias, trained.value.v3_bias.bias, kPublished.values);
  take_rest(model.value.misc_bias.bias, trained.value.misc_bias.bias, kPublished.misc);
  return model;
}

void forget_unused_inputs(Model& model, bool shows_ladders) {
  std::vector<int> planes = {7, 8, 20, 21};
  if (!shows_ladders) planes.insert(planes.end(), {14, 15, 16, 17});
  constexpr std::array kGlobals = {12, 13, 15, 16, 17};
  ConvLayer& conv = model.trunk.initial_conv;
  const auto forget = [](std::vector<float>& weights, int row, int columns) {
    std::fill_n(weights.begin() + std::ptrdiff_t{row} * columns, columns, 0.0F);
  };
  for (const int plane : planes)
    for (int tap = 0; tap < conv.height * conv.width; ++tap)
      forget(conv.weights, tap * conv.in + plane, conv.out);
  MatMulLayer& matmul = model.trunk.initial_matmul;
  for (const int global : kGlobals) forget(matmul.weights, global, matmul.out);
}

namespace {

/// The norm through which a block reads the trunk.
NormAct& first_norm(Block& block) {
  if (auto* residual = std::get_if<ResidualBlock>(&block)) return residual->norm1;
  auto* pooling = std::get_if<GlobalPoolingBlock>(&block);
  PONNUKI_CHECK(pooling != nullptr);
  return pooling->norm1;
}

}  // namespace

void fold_rules(Model& model, const Rules& rules) {
  const RuleInputs inputs = rule_inputs(rules);
  MatMulLayer& matmul = model.trunk.initial_matmul;
  std::vector<float> added(static_cast<std::size_t>(matmul.out));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto row = static_cast<std::ptrdiff_t>(i) + kGlobalFirstRule;
    float* const weights = matmul.weights.data() + row * matmul.out;
    for (std::size_t c = 0; c < added.size(); ++c) added[c] += inputs[i] * weights[c];
    std::fill_n(weights, added.size(), 0.0F);
  }
  const auto add_to = [&](NormAct& norm) {
    for (std::size_t c = 0; c < added.size(); ++c) norm.bias[c] += norm.scale[c] * added[c];
  };
  for (Block& block : model.trunk.blocks) add_to(first_norm(block));
  add_to(model.trunk.tip);
}

Model without_training_outputs(Model model) {
  return with_outputs(std::move(model), kPublished, 0);
}

}  // namespace ponnuki::nn::training
