// The Eigen network against the naive one: every version, block and activation on boards of all
// kinds.
#include "nn/reference/reference_network.h"

#include <catch2/catch.hpp>

#include "nn/files/model_file.h"
#include "tests/support/naive_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"
#include "tests/support/test_net.h"

namespace ponnuki::nn {
namespace {

using test::RandomInput;

void check_close(const std::vector<float>& values, const test::Row& expected) {
  REQUIRE(values.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    worst = std::max(worst, std::abs(values[i] - expected[i]) / (1 + std::abs(expected[i])));
  }
  CHECK(worst < 2e-5);
}

void check_against_naive(const Model& model, BoardSize size) {
  CAPTURE(model.name, int{size.width}, int{size.height});
  ReferenceNetwork network(std::make_shared<Model>(model));
  const RandomInput random(model, size, 7);
  NetworkOutput out;
  network.forward({&random.input, 1}, {&out, 1});
  const test::NaiveOutput expected = test::NaiveNetwork(model).forward(random.input);
  test::Row policy;
  for (const test::Row& row : expected.policy) policy.insert(policy.end(), row.begin(), row.end());
  check_close(out.policy, policy);
  check_close(out.value, expected.value);
  check_close(out.misc, expected.misc);
  check_close(out.ownership, expected.ownership);
}

constexpr BoardSize kSizes[] = {{9, 9}, {2, 2}, {1, 1}, {5, 7}, {13, 3}, {19, 19}};

TEST_CASE("every version equals the naive network") {
  for (int version = kOldestModelVersion; version <= kNewestModelVersion; ++version) {
    const Model model = test::random_model({.version = version, .activation = Activation::kMish});
    for (const BoardSize size : kSizes) check_against_naive(model, size);
  }
}

TEST_CASE("every activation, kernel and dilation equals the naive network") {
  for (const Activation a :
       {Activation::kIdentity, Activation::kRelu, Activation::kMish, Activation::kSilu}) {
    for (const int kernel : {1, 3, 7}) {
      const Model model =
          test::random_model({.activation = a, .first_kernel = kernel, .dilation = kernel});
      for (const BoardSize size : {BoardSize{9, 9}, BoardSize{4, 6}})
        check_against_naive(model, size);
    }
  }
}

TEST_CASE("transformers equal the naive network") {
  for (const char* blocks : {"t", "r", "a", "f", "m", "tfrfafogn"}) {
    const Model model = test::random_model(
        {.version = 17, .activation = Activation::kSilu, .blocks = blocks, .q_values = true});
    for (const BoardSize size : kSizes) check_against_naive(model, size);
  }
}

TEST_CASE("norms by the root mean square before the heads equal the naive network") {
  for (const bool whole_board : {false, true}) {
    const Model model =
        test::random_model({.version = 17, .blocks = "tf", .tip_rms = TipRms{0.01F, whole_board}});
    for (const BoardSize size : kSizes) check_against_naive(model, size);
  }
}

TEST_CASE("metadata of human nets enters the trunk, null means zeros") {
  const Model model = test::random_model({.version = 15, .metadata = true});
  check_against_naive(model, {9, 9});

  ReferenceNetwork network(std::make_shared<Model>(model));
  const RandomInput random(model, {9, 9}, 7);
  const std::vector<float> zeros(192);
  NetworkInput inputs[] = {random.input, random.input, random.input};
  inputs[1].metadata = zeros.data();
  inputs[2].metadata = nullptr;
  NetworkOutput outputs[3];
  network.forward(inputs, outputs);
  CHECK(outputs[1].value == outputs[2].value);
  CHECK(outputs[0].value != outputs[2].value);
}

TEST_CASE("a position's outputs do not depend on its company") {
  const Model model = test::random_model();
  ReferenceNetwork network(std::make_shared<Model>(model));
  const RandomInput a(model, {9, 9}, 1), b(model, {7, 4}, 2);
  NetworkOutput alone, together[2];
  network.forward({&a.input, 1}, {&alone, 1});
  const NetworkInput inputs[] = {b.input, a.input};
  network.forward(inputs, together);
  CHECK(together[1].policy == alone.policy);
  CHECK(together[1].value == alone.value);
  CHECK(together[1].ownership == alone.ownership);
}

TEST_CASE("the b6c96 net equals the naive network") {
  const auto path = test::test_net();
  if (!path) {
    WARN("no test net: skipped");
    return;
  }
  check_against_naive(*load_model(*path), {5, 4});
}

}  // namespace
}  // namespace ponnuki::nn
