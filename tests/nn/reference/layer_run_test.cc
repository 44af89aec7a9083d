// What an observer of the reference network is told equals the layers computed one by one, by hand.
#include "nn/reference/layer_run.h"

#include <catch2/catch.hpp>
#include <map>

#include "nn/reference/reference_network.h"
#include "tests/support/naive_layers.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using Told = std::map<std::string, FeatureMaps>;

struct Run {
  Model model;
  test::RandomInput random;
  Told told;
  NetworkOutput output;

  explicit Run(const std::string& blocks)
      : model(test::random_model({.blocks = blocks})), random(model, {5, 4}, 6) {
    network().forward_observed(
        {&random.input, 1}, {&output, 1},
        [&](const std::string& layer, const FeatureMaps& maps) { told.emplace(layer, maps); });
  }
  ReferenceNetwork network() const { return ReferenceNetwork(std::make_shared<Model>(model)); }
  const FeatureMaps& of(const std::string& layer) const { return told.at(layer); }

  /// The trunk before its blocks.
  test::Maps stem() const {
    test::Maps planes = test::make_maps(22, 4, 5);
    const float* next = random.spatial.data();
    for (test::Plane& plane : planes) {
      for (test::Row& row : plane) {
        for (double& value : row) value = *next++;
      }
    }
    const test::Row numbers(random.global.begin(), random.global.end());
    const test::Row bias = test::naive_matmul(model.trunk.initial_matmul, numbers);
    return test::naive_add_to_channels(bias, test::naive_conv(model.trunk.initial_conv, planes));
  }
};

void check_equal(const FeatureMaps& maps, const test::Maps& expected) {
  REQUIRE(maps.shape().channels == static_cast<int>(expected.size()));
  for (int c = 0; c < maps.shape().channels; ++c) {
    for (int y = 0; y < maps.shape().height; ++y) {
      for (int x = 0; x < maps.shape().width; ++x) {
        const double value = expected[static_cast<std::size_t>(c)][static_cast<std::size_t>(y)]
                                     [static_cast<std::size_t>(x)];
        CHECK(static_cast<double>(maps.at(c, y, x)) == Approx(value).margin(1e-4));
      }
    }
  }
}

TEST_CASE("an ordinary block, layer by layer") {
  const Run run("o");
  const auto& block = std::get<ResidualBlock>(run.model.trunk.blocks[0]);
  const test::Maps x = run.stem();
  const test::Maps normed = test::naive_norm_act(block.norm1, x);
  const test::Maps first = test::naive_conv(block.conv1, normed);
  const test::Maps second = test::naive_conv(block.conv2, test::naive_norm_act(block.norm2, first));
  check_equal(run.of(block.norm1.name), normed);
  check_equal(run.of(block.conv1.name), first);
  check_equal(run.of(block.conv2.name), second);
  check_equal(run.of(block.name), test::naive_sum(x, second));
  check_equal(run.of(run.model.trunk.tip.name),
              test::naive_norm_act(run.model.trunk.tip, test::naive_sum(x, second)));
}

TEST_CASE("a pooling block: its numbers come as maps of one point") {
  const Run run("g");
  const auto& block = std::get<GlobalPoolingBlock>(run.model.trunk.blocks[0]);
  const test::Maps normed = test::naive_norm_act(block.norm1, run.stem());
  const test::Maps pooled_maps =
      test::naive_norm_act(block.gpool_norm, test::naive_conv(block.gpool_conv, normed));
  const test::Row bias =
      test::naive_matmul(block.gpool_to_bias, test::naive_global_pool(pooled_maps, false));
  test::Maps points;
  for (const double value : bias) points.push_back({{value}});
  check_equal(run.of(block.gpool_norm.name), pooled_maps);
  check_equal(run.of(block.gpool_to_bias.name), points);
  check_equal(
      run.of(block.norm2.name),
      test::naive_norm_act(block.norm2, test::naive_add_to_channels(
                                            bias, test::naive_conv(block.regular_conv, normed))));
}

TEST_CASE("the last layers are the network's answer, and observing changes nothing") {
  const Run run("ogn");
  NetworkOutput plain;
  run.network().forward({&run.random.input, 1}, {&plain, 1});
  CHECK(plain.policy == run.output.policy);
  CHECK(plain.value == run.output.value);
  CHECK(plain.misc == run.output.misc);
  CHECK(plain.ownership == run.output.ownership);
  const auto values = [&](const std::string& layer) {
    const auto span = run.of(layer).values();
    return std::vector<float>(span.begin(), span.end());
  };
  CHECK(values(run.model.value.ownership_conv.name) == plain.ownership);
  CHECK(values(run.model.value.v3_bias.name) == plain.value);
  CHECK(values(run.model.value.misc_bias.name) == plain.misc);
  std::vector<float> policy = values(run.model.policy.p2_conv.name);
  policy.push_back(values(run.model.policy.gpool_to_pass.name)[0]);
  CHECK(policy == plain.policy);
}

}  // namespace
}  // namespace ponnuki::nn
