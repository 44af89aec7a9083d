// A larger net that begins as the same function.
#include "nn/convert/grown_model.h"

#include <catch2/catch.hpp>

#include "engine/random.h"
#include "nn/model/initial_model.h"
#include "nn/model/model_visit.h"
#include "nn/training/training_model.h"
#include "tests/support/judge.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using test::judge;

/// As if it had learned: norms and biases that are not 0 and 1.
Model learned_model(const char* shape) {
  Model model = make_initial_model(*parse_net_shape(shape), 3);
  Random random(4);
  const auto shake = [&](auto& values) {
    if constexpr (!std::is_const_v<std::remove_reference_t<decltype(values)>>)
      for (float& value : values) value += static_cast<float>(0.2 * random.normal());
  };
  const auto visit = [&](auto& layer) {
    using Layer = std::decay_t<decltype(layer)>;
    if constexpr (std::is_same_v<Layer, NormAct>) shake(layer.scale), shake(layer.bias);
    if constexpr (std::is_same_v<Layer, BiasLayer>) shake(layer.bias);
  };
  visit_layers(model, visit);
  return model;
}

void check_alike(const Evaluation& a, const Evaluation& b) {
  CHECK(a.win == Approx(b.win).margin(1e-5));
  CHECK(a.lead == Approx(b.lead).margin(1e-4));
  REQUIRE(a.policy.size() == b.policy.size());
  for (std::size_t i = 0; i < a.policy.size(); ++i)
    CHECK(a.policy[i] == Approx(b.policy[i]).margin(1e-5));
  REQUIRE(a.ownership.size() == b.ownership.size());
  for (std::size_t i = 0; i < a.ownership.size(); ++i)
    CHECK(a.ownership[i] == Approx(b.ownership[i]).margin(1e-5));
}

}  // namespace

TEST_CASE("A grown net judges as the net that it grew from, and has more to learn with") {
  struct Case {
    const char *small, *large;
  };
  const Case c = GENERATE(Case{"b4c32", "b6c64"}, Case{"b3c16", "b4c32"}, Case{"b2c8", "b2c16"},
                          Case{"b4c32-plain", "b6c32-plain"}, Case{"b4c32", "b4c32"});
  CAPTURE(c.small, c.large);
  const Model small = learned_model(c.small);
  const auto grown = grow_model(small, make_initial_model(*parse_net_shape(c.large), 5));
  REQUIRE(grown);
  Position position({7, 6});
  for (const int cell : {3, 17, 30, 9, 24}) position.play(Point::from_cell(cell, {7, 6}));
  check_alike(judge(*grown, position), judge(small, position));
  const std::vector<float>& first = grown->trunk.initial_conv.weights;
  if (grown->trunk.channels > small.trunk.channels) CHECK(first.back() != 0);
}

TEST_CASE("Outputs that only training has grow as well") {
  const Model small = training::with_training_outputs(learned_model("b2c8"), 1);
  const auto grown =
      grow_model(small, training::with_training_outputs(make_initial_model({3, 16}, 5), 2));
  REQUIRE(grown);
  CHECK(grown->value.v3_mul.out == training::kTrainedValues);
  CHECK(grown->value.v3_mul.weights.front() == small.value.v3_mul.weights.front());
  CHECK(grown->value.misc_bias.bias == small.value.misc_bias.bias);
}

TEST_CASE("The hidden layer of the pass grows as well") {
  const test::RandomModelOptions options{.version = 15, .blocks = "og", .seed = 1};
  test::RandomModelOptions larger = options;
  larger.channels = 10;
  larger.blocks = "ogo";
  larger.seed = 2;
  const Model small = test::random_model(options);
  const auto grown = grow_model(small, test::random_model(larger));
  REQUIRE(grown);
  const Position position({7, 6});
  check_alike(judge(*grown, position), judge(small, position));
}

TEST_CASE("A net does not grow to a smaller one, or to one of other blocks") {
  const Model small = learned_model("b4c32");
  for (const char* shape : {"b4c24", "b3c32", "b4c32-plain", "b6c64-plain"}) {
    CAPTURE(shape);
    const auto grown = grow_model(small, make_initial_model(*parse_net_shape(shape), 5));
    REQUIRE(!grown);
    CHECK(grown.error().message.starts_with("a net cannot grow from random-b4c32 to random-b"));
  }
}

}  // namespace ponnuki::nn
