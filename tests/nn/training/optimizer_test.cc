// Optimizers on small problems whose answers are known.
#include "nn/training/optimizer.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/kernels/simd/simd_level.h"
#include "nn/model/initial_model.h"

namespace ponnuki::nn::training {
namespace {

const ParameterLayout& layout() {
  static const Model model = make_initial_model({1, 8}, 1);
  static const ParameterLayout result(model);
  return result;
}

std::vector<float> all(float value) { return std::vector<float>(layout().size(), value); }

std::size_t a_weight() {
  for (const ParameterTensor& tensor : layout().tensors())
    if (!tensor.is_bias) return tensor.begin;
  return 0;
}
std::size_t a_bias() {
  for (const ParameterTensor& tensor : layout().tensors())
    if (tensor.is_bias) return tensor.begin;
  return 0;
}

}  // namespace

TEST_CASE("SGD: momentum gathers speed") {
  Optimizer optimizer(layout(), {.kind = OptimizerKind::kSgd, .momentum = 0.5});
  std::vector<float> values = all(1);
  optimizer.step(values, all(2), 0.1);
  CHECK(values[0] == Approx(1 - 0.2));
  optimizer.step(values, all(2), 0.1);
  CHECK(values[0] == Approx(1 - 0.2 - 0.3));
}

TEST_CASE("AdamW: the first step is the learning rate, whatever the gradient's size") {
  for (const float size : {1e-3F, 1.0F, 1e3F}) {
    Optimizer optimizer(layout(), {});
    std::vector<float> values = all(0);
    optimizer.step(values, all(size), 0.01);
    CHECK(values[7] == Approx(-0.01).epsilon(1e-3));
  }
}

TEST_CASE("AdamW: the second step by the formulas") {
  Optimizer optimizer(layout(), {.momentum = 0.9, .beta2 = 0.99});
  std::vector<float> values = all(0);
  optimizer.step(values, all(1), 0.1);
  optimizer.step(values, all(3), 0.1);
  const double first = (0.9 * 0.1 * 1 + 0.1 * 3) / (1 - 0.81);
  const double second = (0.99 * 0.01 * 1 + 0.01 * 9) / (1 - 0.9801);
  CHECK(values[0] == Approx(-0.1 - 0.1 * first / std::sqrt(second)).epsilon(1e-4));
}

TEST_CASE("AdamW: every parameter by the formulas in double, its tensor's own rate and decay too") {
  const ParameterTensor& slow = layout().tensors().back();
  const double kRate = 0.01, kDecay = 0.3, kClip = 2;
  Optimizer optimizer(layout(),
                      {.weight_decay = kDecay, .rates = {{slow.name, 0.125}}, .clip = kClip});
  Random random(1);
  const auto draw = [&] {
    std::vector<float> numbers;
    while (numbers.size() < layout().size())
      numbers.push_back(static_cast<float>(random.uniform() - 0.5));
    return numbers;
  };
  std::vector<float> values = draw();
  std::vector<double> expected(values.begin(), values.end());
  std::vector<double> first(values.size()), second(values.size());
  for (int step = 1; step <= 3; ++step) {
    const std::vector<float> gradient = draw();
    double squares = 0;
    for (const double g : gradient) squares += g * g;
    CHECK(optimizer.step(values, gradient, kRate) == Approx(std::sqrt(squares)));
    const double scale = std::min(1.0, kClip / std::sqrt(squares));
    for (const ParameterTensor& tensor : layout().tensors()) {
      const double rate = kRate * (tensor.name == slow.name ? 0.125 : 1);
      for (std::size_t i = tensor.begin; i < tensor.begin + tensor.size; ++i) {
        const double g = scale * static_cast<double>(gradient[i]);
        first[i] = 0.9 * first[i] + 0.1 * g;
        second[i] = 0.99 * second[i] + 0.01 * g * g;
        const double mean = first[i] / (1 - std::pow(0.9, step));
        const double size = std::sqrt(second[i] / (1 - std::pow(0.99, step))) + 1e-8;
        expected[i] -= rate * (mean / size + (tensor.is_bias ? 0 : kDecay) * expected[i]);
      }
    }
  }
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    worst = std::max(worst, std::abs(static_cast<double>(values[i]) - expected[i]));
  CHECK(worst < 1e-5);
}

TEST_CASE("Muon: hidden weights step along their orthogonal momentum, others as in AdamW") {
  const double kRate = 0.01, kDecay = 0.3;
  Random random(1);
  std::vector<float> gradient;
  while (gradient.size() < layout().size()) gradient.push_back(static_cast<float>(random.normal()));
  std::vector<float> muon = all(1), adam = all(1);
  Optimizer(layout(), {.kind = OptimizerKind::kMuon, .weight_decay = kDecay})
      .step(muon, gradient, kRate);
  Optimizer(layout(), {.weight_decay = kDecay}).step(adam, gradient, kRate);
  Orthogonalizer orthogonalizer(kernels::default_kernel_table());
  int matrices = 0;
  for (const ParameterTensor& tensor : layout().tensors()) {
    CAPTURE(tensor.name);
    std::vector<float> expected(
        adam.begin() + static_cast<std::ptrdiff_t>(tensor.begin),
        adam.begin() + static_cast<std::ptrdiff_t>(tensor.begin + tensor.size));
    if (tensor.hidden_columns > 0) {
      ++matrices;
      std::copy_n(gradient.begin() + static_cast<std::ptrdiff_t>(tensor.begin), tensor.size,
                  expected.begin());
      orthogonalizer.run(expected, tensor.hidden_columns);
      const auto rows = tensor.size / static_cast<std::size_t>(tensor.hidden_columns);
      const double step =
          kRate * 0.2 *
          std::sqrt(std::max<double>(static_cast<double>(rows), tensor.hidden_columns));
      for (float& x : expected) x = static_cast<float>(1 - kRate * kDecay - step * x);
    }
    for (std::size_t i = 0; i < tensor.size; ++i)
      REQUIRE(muon[tensor.begin + i] == Approx(expected[i]).margin(1e-6));
  }
  CHECK(matrices == 7);  // two of the block, three of the policy and two of the value
}

TEST_CASE("Muon: where the gradient has ended, the steps end too") {
  Optimizer optimizer(layout(), {.kind = OptimizerKind::kMuon});
  std::vector<float> values = all(0);
  optimizer.step(values, all(1), 0.01);
  for (int i = 0; i < 500; ++i) optimizer.step(values, all(0), 0.01);
  const std::vector<float> before = values;
  for (int i = 0; i < 3000; ++i) optimizer.step(values, all(0), 0.01);
  double moved = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    moved = std::max(moved, std::abs(static_cast<double>(values[i] - before[i])));
  CHECK(moved < 0.01);
}

TEST_CASE("Muon: the result does not depend on the number of threads") {
  std::vector<float> one = all(1), three = all(1), gradient;
  Random random(2);
  while (gradient.size() < layout().size()) gradient.push_back(static_cast<float>(random.normal()));
  Optimizer(layout(), {.kind = OptimizerKind::kMuon, .threads = 1}).step(one, gradient, 0.01);
  Optimizer(layout(), {.kind = OptimizerKind::kMuon, .threads = 3}).step(three, gradient, 0.01);
  CHECK(one == three);
}

TEST_CASE("Weights decay, biases do not") {
  for (const OptimizerKind kind :
       {OptimizerKind::kAdamW, OptimizerKind::kMuon, OptimizerKind::kSgd}) {
    Optimizer optimizer(layout(), {.kind = kind, .weight_decay = 0.5});
    std::vector<float> values = all(1);
    optimizer.step(values, all(0), 0.1);
    CHECK(values[a_weight()] == Approx(1 - 0.1 * 0.5));
    CHECK(values[a_bias()] == 1);
  }
}

TEST_CASE("Long gradients are shortened, broken ones refused") {
  Optimizer optimizer(layout(), {.kind = OptimizerKind::kSgd, .momentum = 0, .clip = 1});
  std::vector<float> values = all(0), gradient = all(0);
  gradient[0] = 30;
  gradient[1] = 40;
  CHECK(optimizer.step(values, gradient, 1) == Approx(50));
  CHECK(values[0] == Approx(-0.6));
  CHECK(values[1] == Approx(-0.8));
  const std::vector<float> before = values;
  gradient[5] = NAN;
  CHECK(!std::isfinite(optimizer.step(values, gradient, 1)));
  CHECK(values == before);
}

TEST_CASE("A restored optimizer goes on as if it had never stopped") {
  const auto kind = GENERATE(OptimizerKind::kAdamW, OptimizerKind::kMuon, OptimizerKind::kSgd);
  const OptimizerOptions options{.kind = kind, .weight_decay = 0.1};
  Optimizer one(layout(), options);
  std::vector<float> values = all(1);
  for (int i = 1; i < 5; ++i) one.step(values, all(static_cast<float>(i)), 0.01);
  Optimizer two(layout(), options);
  two.restore(one.state());
  std::vector<float> copy = values;
  one.step(values, all(-2), 0.01);
  two.step(copy, all(-2), 0.01);
  CHECK(copy == values);
}

}  // namespace ponnuki::nn::training
