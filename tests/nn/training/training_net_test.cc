// The backward passes against finite differences of the naive network, in double.
#include "nn/training/training_net.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/model/initial_model.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_input.h"

namespace ponnuki::nn::training {
namespace {

using test::NaiveNetwork;
using test::NaiveOutput;
using test::RandomInput;

/// Weights such that all outputs matter, biases that are not zero.
Model random_net(const NetShape& shape, std::uint64_t seed) {
  Model model = make_initial_model(shape, seed);
  Random random(seed + 100);
  std::vector<float> values = parameters_of(model);
  const ParameterLayout layout(model);
  for (const ParameterTensor& tensor : layout.tensors()) {
    for (std::size_t i = 0; i < tensor.size; ++i)
      if (tensor.is_bias) values[tensor.begin + i] = static_cast<float>(random.uniform() - 0.5) / 4;
  }
  set_parameters(values, model);
  return model;
}

/// A loss of all outputs: Σ r y + y² / 2, where r is different for every position and output.
class TestLoss {
 public:
  template <typename Numbers>
  double of(std::size_t position, int head, const Numbers& outputs) const {
    double loss = 0;
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto y = static_cast<double>(outputs[i]);
      loss += weight(position, head, i) * y + y * y / 2;
    }
    return loss;
  }
  double of(std::size_t position, const NaiveOutput& output) const {
    std::vector<double> policy;
    for (const test::Row& channel : output.policy)
      policy.insert(policy.end(), channel.begin(), channel.end());
    return of(position, 0, policy) + of(position, 1, output.value) + of(position, 2, output.misc) +
           of(position, 3, output.ownership);
  }
  void gradient(std::size_t position, const NetworkOutput& output, NetworkOutput& gradient) const {
    fill(position, 0, output.policy, gradient.policy);
    fill(position, 1, output.value, gradient.value);
    fill(position, 2, output.misc, gradient.misc);
    fill(position, 3, output.ownership, gradient.ownership);
  }

 private:
  static double weight(std::size_t position, int head, std::size_t i) {
    return std::sin(1.0 + 7.0 * static_cast<double>(position) + 3.0 * head +
                    0.7 * static_cast<double>(i));
  }
  static void fill(std::size_t position, int head, const std::vector<float>& y,
                   std::vector<float>& gradient) {
    REQUIRE(gradient.size() == y.size());
    for (std::size_t i = 0; i < y.size(); ++i)
      gradient[i] = static_cast<float>(weight(position, head, i)) + y[i];
  }
};

std::vector<RandomInput> positions_of(const Model& model, const std::vector<BoardSize>& sizes) {
  std::vector<RandomInput> positions;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    positions.emplace_back(model, sizes[i], static_cast<std::uint64_t>(i + 1));
  return positions;
}

double naive_loss(const Model& model, const std::vector<RandomInput>& positions) {
  double loss = 0;
  for (std::size_t i = 0; i < positions.size(); ++i)
    loss += TestLoss().of(i, NaiveNetwork(model).forward(positions[i].input));
  return loss;
}

std::vector<float> gradient_of(const Model& model, const std::vector<RandomInput>& positions,
                               const TrainingNetOptions& options) {
  TrainingNet net(model, options);
  std::vector<NetworkInput> inputs;
  for (const RandomInput& position : positions) inputs.push_back(position.input);
  std::vector<float> gradient(net.layout().size());
  net.gradient(
      inputs,
      [](std::size_t i, const NetworkOutput& y, NetworkOutput& dy) {
        TestLoss().gradient(i, y, dy);
      },
      gradient);
  return gradient;
}

/// dL/dw of one number by central differences; nothing where a ReLU or a maximum changes its mind.
std::optional<double> slope(Model& model, std::vector<float>& values, std::size_t at,
                            const std::vector<RandomInput>& positions) {
  const auto difference = [&](float step) {
    const float before = values[at];
    const float up = before + step, down = before - step;
    values[at] = up;
    set_parameters(values, model);
    const double above = naive_loss(model, positions);
    values[at] = down;
    set_parameters(values, model);
    const double below = naive_loss(model, positions);
    values[at] = before;
    return (above - below) / (static_cast<double>(up) - static_cast<double>(down));
  };
  const double wide = difference(1.0F / 1024), narrow = difference(1.0F / 8192);
  if (std::abs(wide - narrow) > 1e-3 * (1 + std::abs(narrow))) return std::nullopt;
  return narrow;
}

/// Some numbers of every tensor.
void check_slopes(Model model, const std::vector<BoardSize>& sizes) {
  const std::vector<RandomInput> positions = positions_of(model, sizes);
  const std::vector<float> gradient = gradient_of(model, positions, {});
  std::vector<float> values = parameters_of(model);
  Random random(5);
  int checked = 0, skipped = 0;
  const ParameterLayout layout(model);
  for (const ParameterTensor& tensor : layout.tensors()) {
    double largest = 0;
    for (std::size_t i = 0; i < tensor.size; ++i)
      largest = std::max(largest, std::abs(static_cast<double>(gradient[tensor.begin + i])));
    CAPTURE(tensor.name, tensor.size, largest);
    CHECK(largest > 0);
    for (int sample = 0; sample < 5; ++sample) {
      const std::size_t at = tensor.begin + random.below(static_cast<std::uint32_t>(tensor.size));
      const std::optional<double> expected = slope(model, values, at, positions);
      if (!expected) {
        ++skipped;
        continue;
      }
      ++checked;
      CAPTURE(at - tensor.begin);
      CHECK(gradient[at] == Approx(*expected).epsilon(1e-3).margin(1e-3 * largest));
    }
  }
  CHECK(checked > 4 * skipped);
}

}  // namespace

TEST_CASE("Gradients of every layer are slopes of the naive network") {
  check_slopes(random_net({3, 8}, 1), {{5, 5}, {4, 6}});
  check_slopes(random_net({4, 16}, 2), {{7, 7}, {3, 9}, {5, 5}});
  check_slopes(random_net({1, 24}, 3), {{9, 9}});
  check_slopes(random_net({1, 8}, 4), {{13, 13}, {2, 2}});
}

TEST_CASE("Gradients are alike on every instruction set and with any number of threads") {
  const Model model = random_net({4, 40}, 4);
  std::vector<BoardSize> sizes;
  for (std::uint8_t w = 2; w < 10; ++w)
    for (std::uint8_t h = 2; h < 6; ++h) sizes.push_back({w, h});
  for (int i = 0; i < 3; ++i) sizes.push_back({13, 13});
  sizes.push_back({25, 19});
  const std::vector<RandomInput> positions = positions_of(model, sizes);
  const std::vector<float> expected =
      gradient_of(model, positions, {.simd = kernels::SimdLevel::kBaseline});
  double largest = 0;
  for (const float g : expected) largest = std::max(largest, std::abs(static_cast<double>(g)));
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    for (const int threads : {1, 3}) {
      const std::vector<float> gradient =
          gradient_of(model, positions, {.threads = threads, .simd = level});
      double worst = 0;
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double error = std::abs(static_cast<double>(gradient[i] - expected[i]));
        worst = error <= worst ? worst : error;
      }
      CAPTURE(kernels::simd_level_name(level), threads);
      CHECK(worst < 2e-5 * largest);
      CHECK(gradient == gradient_of(model, positions, {.threads = threads, .simd = level}));
    }
  }
}

TEST_CASE("The gradient of a batch is the sum of those of its positions") {
  const Model model = random_net({3, 16}, 6);
  const std::vector<RandomInput> positions = positions_of(model, {{9, 9}, {9, 9}, {5, 7}});
  const std::vector<float> all = gradient_of(model, positions, {});
  TrainingNet net(model, {});
  std::vector<double> sum(all.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    std::vector<float> one(all.size());
    net.gradient(
        {&positions[i].input, 1},
        [i](std::size_t, const NetworkOutput& y, NetworkOutput& dy) {
          TestLoss().gradient(i, y, dy);
        },
        one);
    for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += static_cast<double>(one[k]);
  }
  double worst = 0, largest = 0;
  for (std::size_t k = 0; k < sum.size(); ++k) {
    const double error = std::abs(sum[k] - static_cast<double>(all[k]));
    worst = error <= worst ? worst : error;
    largest = std::max(largest, std::abs(sum[k]));
  }
  CHECK(worst < 1e-5 * largest);
}

}  // namespace ponnuki::nn::training
