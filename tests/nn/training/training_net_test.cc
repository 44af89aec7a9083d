// The backward passes against finite differences of the naive network, in double.
#include "nn/training/training_net.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

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

TrainingNetOptions exactly() { return {.precision = TrainingPrecision::kFp32}; }

double naive_loss(const Model& model, const std::vector<RandomInput>& positions) {
  double loss = 0;
  for (std::size_t i = 0; i < positions.size(); ++i)
    loss += TestLoss().of(i, NaiveNetwork(model).forward(positions[i].input));
  return loss;
}

std::vector<float> gradient_of(const Model& model, const std::vector<RandomInput>& positions,
                               const TrainingNetOptions& options, float factor = 1) {
  TrainingNet net(model, options);
  std::vector<NetworkInput> inputs;
  for (const RandomInput& position : positions) inputs.push_back(position.input);
  std::vector<float> gradient(net.layout().size());
  net.gradient(
      inputs,
      [factor](std::size_t i, const NetworkOutput& y, NetworkOutput& dy) {
        TestLoss().gradient(i, y, dy);
        for (std::vector<float>* head : {&dy.policy, &dy.value, &dy.misc, &dy.ownership})
          for (float& number : *head) number *= factor;
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
  const std::vector<float> gradient = gradient_of(model, positions, exactly());
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
      gradient_of(model, positions,
                  {.simd = kernels::SimdLevel::kBaseline, .precision = TrainingPrecision::kFp32});
  double largest = 0;
  for (const float g : expected) largest = std::max(largest, std::abs(static_cast<double>(g)));
  for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
    for (const int threads : {1, 3}) {
      TrainingNetOptions options = exactly();
      options.threads = threads;
      options.simd = level;
      const std::vector<float> gradient = gradient_of(model, positions, options);
      double worst = 0;
      for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double error = std::abs(static_cast<double>(gradient[i] - expected[i]));
        worst = error <= worst ? worst : error;
      }
      CAPTURE(kernels::simd_level_name(level), threads);
      CHECK(worst < 2e-5 * largest);
      CHECK(gradient == gradient_of(model, positions, options));
    }
  }
}

TEST_CASE("The gradient of a batch is the sum of those of its positions") {
  const Model model = random_net({3, 16}, 6);
  const std::vector<RandomInput> positions = positions_of(model, {{9, 9}, {9, 9}, {5, 7}});
  const std::vector<float> all = gradient_of(model, positions, exactly());
  TrainingNet net(model, exactly());
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

namespace {

/// How far `a` is from `b`: the norm of the difference relative to that of b, and the cosine.
struct Distance {
  double difference, cosine;
};
Distance distance(std::span<const float> a, std::span<const float> b) {
  double ab = 0, aa = 0, bb = 0, difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
    ab += x * y, aa += x * x, bb += y * y, difference += (x - y) * (x - y);
  }
  return {std::sqrt(difference / bb), ab / std::sqrt(aa * bb)};
}

std::vector<TrainingNetOptions> reduced_on_all_levels() {
  std::vector<TrainingNetOptions> all;
  for (const kernels::SimdLevel level : kernels::supported_simd_levels())
    all.push_back({.simd = level, .precision = TrainingPrecision::kReduced});
  return all;
}

struct ReducedCase {
  NetShape shape;
  std::vector<BoardSize> sizes;
  double most;  // difference
};
const ReducedCase kReducedCases[] = {
    {{3, 16}, {{9, 9}, {9, 9}, {9, 9}, {5, 7}, {7, 5}, {2, 2}, {13, 4}}, 0.045},
    {{4, 40}, {{13, 13}, {19, 19}, {25, 19}, {3, 3}, {4, 11}}, 0.02},
    {{3, 48, false}, {{19, 19}, {9, 13}, {13, 9}, {6, 6}}, 0.03},
    {{1, 136}, {{9, 9}, {10, 8}}, 0.02},  // more inputs than a chunk of WinogradInt16 has
};

}  // namespace

// Most of the difference of a tensor comes from ReLUs whose inputs are so close to 0 that rounding
// changes their sign: if a share s of a layer's ReLUs does so, the difference is about sqrt(s).
TEST_CASE("Gradients in reduced precision are close to those in fp32, and repeat to the bit") {
  for (const ReducedCase& c : kReducedCases) {
    const Model model = random_net(c.shape, 7);
    const ParameterLayout layout(model);
    const std::vector<RandomInput> positions = positions_of(model, c.sizes);
    const std::vector<float> exact = gradient_of(model, positions, exactly());
    for (TrainingNetOptions options : reduced_on_all_levels()) {
      for (const int threads : {1, 3}) {
        options.threads = threads;
        const std::vector<float> reduced = gradient_of(model, positions, options);
        CAPTURE(net_shape_text(c.shape), kernels::simd_level_name(*options.simd), threads);
        CHECK(reduced != exact);
        CHECK(distance(reduced, exact).difference < c.most);
        CHECK(distance(reduced, exact).cosine > 0.999);
        for (const ParameterTensor& tensor : layout.tensors()) {
          CAPTURE(tensor.name);
          const auto part = [&](const std::vector<float>& all) {
            return std::span(all).subspan(tensor.begin, tensor.size);
          };
          CHECK(distance(part(reduced), part(exact)).difference < 0.2);
        }
        CHECK(reduced == gradient_of(model, positions, options));
      }
    }
  }
}

TEST_CASE("Gradients in reduced precision: tiny ones are as precise, none are lost") {
  const Model model = random_net({3, 16}, 8);
  const std::vector<RandomInput> positions = positions_of(model, {{9, 9}, {7, 4}});
  for (const TrainingNetOptions& options : reduced_on_all_levels()) {
    CAPTURE(kernels::simd_level_name(*options.simd));
    const std::vector<float> gradient = gradient_of(model, positions, options);
    for (const int power : {-60, -20, 20}) {  // 1e-18, 1e-6 and 1e6
      std::vector<float> scaled = gradient_of(model, positions, options, std::ldexp(1.0F, power));
      for (float& g : scaled) g = std::ldexp(g, -power);
      CHECK(distance(scaled, gradient).difference < 1e-6);
    }
    const std::vector<float> zeros = gradient_of(model, positions, options, 0);
    CHECK(std::ranges::all_of(zeros, [](float g) { return g == 0; }));
  }
}

TEST_CASE("Gradients in reduced precision: what is not a number, or infinite, stays so") {
  const Model model = random_net({3, 16}, 9);
  const std::vector<RandomInput> positions = positions_of(model, {{9, 9}, {9, 9}});
  const ParameterLayout layout(model);
  for (const TrainingNetOptions& options : reduced_on_all_levels()) {
    for (const float factor : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
      const std::vector<float> gradient = gradient_of(model, positions, options, factor);
      for (const ParameterTensor& tensor : layout.tensors()) {
        CAPTURE(kernels::simd_level_name(*options.simd), factor, tensor.name);
        const auto begin = gradient.begin() + static_cast<std::ptrdiff_t>(tensor.begin);
        CHECK(std::any_of(begin, begin + static_cast<std::ptrdiff_t>(tensor.size),
                          [](float g) { return !std::isfinite(g); }));
      }
    }
  }
}

TEST_CASE("Idle channels are found, and revived without a change of the outputs") {
  Model model = random_net({4, 16}, 3);  // three plain blocks and one that pools globally
  auto& plain = std::get<ResidualBlock>(model.trunk.blocks[0]);
  auto& pools = std::get<GlobalPoolingBlock>(model.trunk.blocks[2]);
  plain.norm2.bias[3] = plain.norm2.bias[7] = -1e6F;
  plain.norm1.bias[5] = model.trunk.tip.bias[2] = -1e6F;
  pools.norm2.bias.assign(pools.norm2.bias.size(), -1e6F);
  const RandomInput small(model, {5, 5}, 1), large(model, {7, 6}, 2);
  const std::vector<NetworkInput> inputs{small.input, large.input, small.input};
  TrainingNet net(model, {.threads = 2});
  std::vector<float> gradient(net.layout().size());
  std::vector<NetworkOutput> outputs(inputs.size());
  const auto compute = [&] {
    net.watch_channels();
    net.gradient(
        inputs,
        [&](std::size_t i, const NetworkOutput& output, NetworkOutput& slope) {
          outputs[i] = output;
          TestLoss().gradient(i, output, slope);
        },
        gradient);
    return net.idle_channels();
  };
  const std::vector<bool> idle = compute();
  const std::vector<NetworkOutput> before = outputs;
  CHECK(idle[5]);                         // the first block's entry
  CHECK((idle[16 + 3] && idle[16 + 7]));  // its middle
  CHECK(idle[idle.size() - 16 + 2]);      // the tip
  const auto count = [](const std::vector<bool>& channels) {
    return std::ranges::count(channels, true);
  };
  const auto hidden = static_cast<std::ptrdiff_t>(pools.norm2.bias.size());
  CHECK(count(idle) >= 4 + hidden);
  CHECK(count(idle) < 12 + hidden);

  Random random(1);
  std::vector<float> values = net.parameters();
  for (const auto& change : net.revival(idle, random)) values[change.index] = change.value;
  net.set_parameters(values);
  CHECK(count(compute()) < 8);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t p = 0; p < outputs[i].policy.size(); ++p)
      CHECK(outputs[i].policy[p] == Approx(before[i].policy[p]).margin(0.02));
  // What comes out of the revived channels has a gradient again.
  const std::size_t conv2 =
      net.layout().offset_of(std::get<ResidualBlock>(net.model().trunk.blocks[0]).conv2.weights);
  CHECK(gradient[conv2 + 3 * 16] != 0);
  CHECK(values[conv2 + 3 * 16] == 0);
}

}  // namespace ponnuki::nn::training
