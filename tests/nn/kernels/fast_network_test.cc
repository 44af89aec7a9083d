// The fast network against the reference, on every level of this processor.
#include "nn/kernels/fast_network.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "nn/files/model_file.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"
#include "tests/support/test_net.h"

namespace ponnuki::nn::kernels {
namespace {

using test::RandomInput;

std::unique_ptr<Network> fast_network(const Model& model, SimdLevel level,
                                      Precision precision = Precision::kFp32) {
  Result<std::unique_ptr<Network>> network =
      make_fast_network(std::make_shared<Model>(model), {.simd = level, .precision = precision});
  REQUIRE(network);
  return std::move(*network);
}

/// The largest difference, relative to the largest value (or to 1).
double relative_error(const std::vector<float>& values, const std::vector<float>& expected) {
  REQUIRE(values.size() == expected.size());
  double worst = 0, largest = 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    // A NaN must not hide from max().
    const double error =
        std::abs(static_cast<double>(values[i]) - static_cast<double>(expected[i]));
    worst = error <= worst ? worst : error;
    largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
  }
  return worst / largest;
}

double relative_error(const NetworkOutput& values, const NetworkOutput& expected) {
  return std::max({relative_error(values.policy, expected.policy),
                   relative_error(values.value, expected.value),
                   relative_error(values.misc, expected.misc),
                   relative_error(values.ownership, expected.ownership)});
}

std::vector<NetworkOutput> forward(Network& network, std::span<const RandomInput> positions) {
  std::vector<NetworkInput> inputs;
  for (const RandomInput& position : positions) inputs.push_back(position.input);
  std::vector<NetworkOutput> outputs(inputs.size());
  network.forward(inputs, outputs);
  return outputs;
}

constexpr double kTolerance = 2e-5;
/// A convolution errs by 0.5 % (rms); errors of a few layers add up as their squares, and the
/// largest of many is a few times the rms.
constexpr double kInt16Tolerance = 0.03;

double tolerance(Precision precision) {
  return precision == Precision::kInt16 ? kInt16Tolerance : kTolerance;
}

void check_against_reference(const Model& model, const std::vector<BoardSize>& sizes,
                             Precision precision = Precision::kFp32) {
  ReferenceNetwork reference(std::make_shared<Model>(model));
  std::vector<RandomInput> positions;
  for (std::size_t i = 0; i < sizes.size(); ++i) positions.emplace_back(model, sizes[i], i + 1);
  const std::vector<NetworkOutput> expected = forward(reference, positions);
  for (const SimdLevel level : supported_simd_levels()) {
    const std::unique_ptr<Network> network = fast_network(model, level, precision);
    const std::vector<NetworkOutput> found = forward(*network, positions);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      CAPTURE(network->backend_name(), model.name, int{sizes[i].width}, int{sizes[i].height});
      CHECK(relative_error(found[i], expected[i]) < tolerance(precision));
    }
  }
}

BoardSize square(int side) {
  return {static_cast<std::uint8_t>(side), static_cast<std::uint8_t>(side)};
}

std::vector<BoardSize> all_squares() {
  std::vector<BoardSize> sizes;
  for (int side = 2; side <= 25; ++side) sizes.push_back(square(side));
  return sizes;
}

const std::vector<BoardSize> kRectangles = {{2, 25}, {25, 2}, {3, 4},   {9, 13},
                                            {13, 9}, {7, 19}, {19, 18}, {2, 3}};

TEST_CASE("fast network: every square board equals the reference") {
  check_against_reference(test::random_model({.channels = 20, .blocks = "ogno"}), all_squares());
}

TEST_CASE("fast network: rectangles equal the reference") {
  check_against_reference(test::random_model({.channels = 20}), kRectangles);
}

TEST_CASE("fast network: every version, with every activation, equals the reference") {
  for (const Activation activation :
       {Activation::kIdentity, Activation::kRelu, Activation::kMish, Activation::kSilu}) {
    for (int version = kOldestModelVersion; version <= kNewestModelVersion; ++version) {
      if (version < 11 && activation != Activation::kRelu) continue;  // only ReLU before
      check_against_reference(test::random_model({.version = version, .activation = activation}),
                              {square(9), square(13), {3, 5}});
    }
  }
}

TEST_CASE("fast network: kernels of 1, 3, 5 and 7, dilated or not, equal the reference") {
  for (const int kernel : {1, 3, 5, 7}) {
    for (const int dilation : {1, 2, 3}) {
      check_against_reference(test::random_model({.first_kernel = kernel, .dilation = dilation}),
                              {square(9), square(2), {19, 5}});
    }
  }
}

TEST_CASE("fast network: every number of channels, thus every panel, equals the reference") {
  for (int channels = 10; channels <= 210; channels += 16) {
    check_against_reference(test::random_model({.channels = channels, .blocks = "og"}),
                            {square(5), square(4)});
  }
}

TEST_CASE("fast network: no blocks at all, and a global-pooling block of unlike kernels") {
  check_against_reference(test::random_model({.blocks = ""}), {square(9)});
  Model model = test::random_model({.blocks = "g"});
  ConvLayer& gpool = std::get<GlobalPoolingBlock>(model.trunk.blocks[0]).gpool_conv;
  gpool.weights.resize(static_cast<std::size_t>(gpool.in * gpool.out));
  gpool.height = gpool.width = 1;
  gpool.dilation_y = gpool.dilation_x = 1;
  check_against_reference(model, {square(9)});
}

Model transformer(const std::string& blocks, int channels = 20) {
  return test::random_model(
      {.version = 17, .channels = channels, .activation = Activation::kMish, .blocks = blocks});
}

TEST_CASE("fast network: transformers on every square board and rectangles equal the reference") {
  for (const char* blocks : {"t", "r", "a", "f", "m"})
    check_against_reference(transformer(blocks), {square(9), square(19), {3, 5}});
  check_against_reference(transformer("tfrfafm"), all_squares());
  check_against_reference(transformer("tfrfafogmn"), kRectangles);
}

TEST_CASE("fast network: transformers of every number of channels equal the reference") {
  for (int channels = 10; channels <= 210; channels += 25)
    check_against_reference(transformer("tf", channels), {square(5), square(4)});
}

TEST_CASE("fast network: norms by the root mean square before the heads equal the reference") {
  for (const bool whole_board : {false, true}) {
    const Model model = test::random_model(
        {.version = 17, .blocks = "tfo", .tip_rms = TipRms{0.01F, whole_board}, .q_values = true});
    check_against_reference(model, {square(9), square(19), {13, 7}, {2, 25}});
    check_against_reference(model, {square(9), square(5), {7, 3}}, Precision::kInt16);
  }
}

TEST_CASE(
    "fast network: transformers in company change only by rounding, and a repeat not at all") {
  const Model model = transformer("tfof");
  std::vector<RandomInput> positions;
  for (int i = 0; i < 40; ++i) {
    const BoardSize sizes[] = {square(9), square(13), {5, 7}};
    positions.emplace_back(model, sizes[i * i % 3], i + 1);
  }
  for (const SimdLevel level : supported_simd_levels()) {
    const std::unique_ptr<Network> network = fast_network(model, level);
    const std::vector<NetworkOutput> together = forward(*network, positions);
    const std::vector<NetworkOutput> again = forward(*network, positions);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      NetworkOutput alone;
      network->forward({&positions[i].input, 1}, {&alone, 1});
      CAPTURE(network->backend_name(), i);
      CHECK(relative_error(alone, together[i]) < kTolerance);
      CHECK(again[i].policy == together[i].policy);
      CHECK(again[i].ownership == together[i].ownership);
    }
  }
}

TEST_CASE("fast network: the transformer nets of KataGo equal the reference") {
  for (const std::string& path : test::transformer_nets())
    check_against_reference(*load_model(path), {square(19), square(9), {7, 4}});
}

TEST_CASE("fast network: more input planes than bits of a word") {
  for (const int planes : {31, 32, 33, 48, 70})
    check_against_reference(test::random_model({.planes = planes, .first_kernel = 3}), {square(9)});
}

TEST_CASE("fast network: small boards prefer company, large ones none") {
  const Model model = test::random_model({.channels = 20});
  const std::unique_ptr<Network> network = fast_network(model, SimdLevel::kBaseline);
  CHECK(network->preferred_batch(square(9)) == 6);
  CHECK(network->preferred_batch(square(13)) == 3);
  CHECK(network->preferred_batch(square(19)) == 1);
  CHECK(network->preferred_batch(square(25)) == 1);
  CHECK(network->preferred_batch(square(2)) == 16);
  CHECK(ReferenceNetwork(std::make_shared<Model>(model)).preferred_batch(square(9)) == 1);
}

TEST_CASE("fast network: large nets, which no cache holds, prefer more company") {
  const Model model = test::random_model({.channels = 240});
  const std::unique_ptr<Network> network = fast_network(model, SimdLevel::kBaseline);
  CHECK(network->preferred_batch(square(9)) == 8);
  CHECK(network->preferred_batch(square(13)) == 4);
  CHECK(network->preferred_batch(square(19)) == 2);
  CHECK(network->preferred_batch(square(25)) == 1);
}

TEST_CASE("fast network: metadata enters the trunk, null means zeros") {
  const Model model = test::random_model({.version = 15, .metadata = true});
  check_against_reference(model, {square(9)});
  const std::unique_ptr<Network> network = fast_network(model, SimdLevel::kBaseline);
  const RandomInput random(model, square(9), 7);
  const std::vector<float> zeros(192);
  NetworkInput inputs[] = {random.input, random.input, random.input};
  inputs[1].metadata = zeros.data();
  inputs[2].metadata = nullptr;
  NetworkOutput outputs[3];
  network->forward(inputs, outputs);
  CHECK(outputs[1].value == outputs[2].value);
  CHECK(outputs[0].value != outputs[2].value);
}

TEST_CASE("fast network: company changes outputs only by rounding, and a repeat not at all") {
  const Model model = test::random_model({.channels = 20});
  std::vector<RandomInput> positions;
  for (int i = 0; i < 64; ++i) {
    const BoardSize sizes[] = {square(9), square(13), {5, 7}};
    positions.emplace_back(model, sizes[i * i % 3], i + 1);
  }
  for (const SimdLevel level : supported_simd_levels()) {
    const std::unique_ptr<Network> network = fast_network(model, level);
    const std::vector<NetworkOutput> together = forward(*network, positions);
    const std::vector<NetworkOutput> again = forward(*network, positions);
    for (std::size_t i = 0; i < positions.size(); ++i) {
      NetworkOutput alone;
      network->forward({&positions[i].input, 1}, {&alone, 1});
      CAPTURE(network->backend_name(), i);
      CHECK(relative_error(alone, together[i]) < kTolerance);
      CHECK(again[i].policy == together[i].policy);
      CHECK(again[i].ownership == together[i].ownership);
    }
  }
}

TEST_CASE("fast network: the b6c96 net equals the reference") {
  const auto path = test::test_net();
  if (!path) {
    WARN("no test net: skipped");
    return;
  }
  check_against_reference(*load_model(*path), {square(19), square(9), square(13), {7, 4}});
}

TEST_CASE("fast network in int16: every square board and rectangles are near the reference") {
  const Model model = test::random_model({.channels = 20, .blocks = "ogno"});
  check_against_reference(model, all_squares(), Precision::kInt16);
  check_against_reference(model, kRectangles, Precision::kInt16);
}

TEST_CASE("fast network in int16: transformers are near the reference") {
  check_against_reference(transformer("tfrfafm"), all_squares(), Precision::kInt16);
  check_against_reference(transformer("tfrfafogmn"), kRectangles, Precision::kInt16);
  for (int channels = 10; channels <= 210; channels += 50)
    check_against_reference(transformer("tf", channels), {square(5), square(4)}, Precision::kInt16);
  for (const std::string& path : test::transformer_nets())
    check_against_reference(*load_model(path), {square(19), {7, 4}}, Precision::kInt16);
}

TEST_CASE("fast network in int16: activations, kernels and numbers of channels") {
  for (const Activation activation : {Activation::kIdentity, Activation::kMish, Activation::kSilu})
    check_against_reference(test::random_model({.activation = activation}), {square(9), {3, 5}},
                            Precision::kInt16);
  for (const int kernel : {1, 3, 5})
    check_against_reference(test::random_model({.first_kernel = kernel, .dilation = kernel}),
                            {square(9), {19, 5}}, Precision::kInt16);
  for (int channels = 10; channels <= 210; channels += 50)
    check_against_reference(test::random_model({.channels = channels, .blocks = "og"}),
                            {square(5), square(9)}, Precision::kInt16);
}

TEST_CASE("fast network in int16: batches of 1 to 64, a repeat gives the same bits") {
  const Model model = test::random_model({.channels = 20});
  std::vector<RandomInput> positions;
  for (int i = 0; i < 64; ++i) positions.emplace_back(model, square(i % 3 ? 9 : 6), i + 1);
  ReferenceNetwork reference(std::make_shared<Model>(model));
  const std::vector<NetworkOutput> expected = forward(reference, positions);
  for (const SimdLevel level : supported_simd_levels()) {
    const std::unique_ptr<Network> network = fast_network(model, level, Precision::kInt16);
    CHECK(network->backend_name() == "cpu " + simd_level_name(level) + " int16");
    for (int count = 1; count <= 64; count += count < 9 ? 1 : 11) {
      const auto some = std::span(positions).first(static_cast<std::size_t>(count));
      const std::vector<NetworkOutput> found = forward(*network, some);
      const std::vector<NetworkOutput> again = forward(*network, some);
      for (std::size_t i = 0; i < some.size(); ++i) {
        CAPTURE(network->backend_name(), count, i);
        CHECK(relative_error(found[i], expected[i]) < kInt16Tolerance);
        CHECK(again[i].policy == found[i].policy);
        CHECK(again[i].ownership == found[i].ownership);
      }
    }
  }
}

TEST_CASE("fast network in int16: the b6c96 net is near the reference, and not equal") {
  const auto path = test::test_net();
  if (!path) {
    WARN("no test net: skipped");
    return;
  }
  const Model model = *load_model(*path);
  check_against_reference(model, {square(19), square(9), square(13), {7, 4}}, Precision::kInt16);
  const RandomInput position(model, square(9), 1);
  const SimdLevel level = supported_simd_levels().back();
  const NetworkOutput exact = forward(*fast_network(model, level), {&position, 1})[0];
  const NetworkOutput rounded =
      forward(*fast_network(model, level, Precision::kInt16), {&position, 1})[0];
  CHECK(relative_error(rounded, exact) > 1e-5);
}

TEST_CASE("fast network in int16: a network that is not finite stays so") {
  Model model = test::random_model({.activation = Activation::kIdentity, .blocks = "o"});
  std::get<ResidualBlock>(model.trunk.blocks[0]).norm1.bias[0] = std::nanf("");
  const RandomInput position(model, square(9), 1);
  for (const SimdLevel level : supported_simd_levels()) {
    const auto network = fast_network(model, level, Precision::kInt16);
    NetworkOutput output;
    network->forward({&position.input, 1}, {&output, 1});
    CAPTURE(network->backend_name());
    CHECK(!std::isfinite(output.value[0]));
  }
}

TEST_CASE("fast network: the level can be forced by name") {
  CHECK(parse_simd_level("baseline").value() == SimdLevel::kBaseline);
  const Result<SimdLevel> unknown = parse_simd_level("mmx");
  REQUIRE(!unknown);
  CHECK(unknown.error().message.find("'mmx'") != std::string::npos);
  CHECK(unknown.error().message.find("baseline") != std::string::npos);
}

}  // namespace
}  // namespace ponnuki::nn::kernels
