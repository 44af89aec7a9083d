// The net that training begins with.
#include "nn/model/initial_model.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "nn/evaluators/net_evaluator.h"
#include "nn/model/model_check.h"
#include "nn/model/model_summary.h"
#include "nn/reference/reference_network.h"
#include "tests/support/judge.h"

using namespace ponnuki;
using test::judge;

namespace {

bool is_pooling(const nn::Model& model, int number) {
  return std::holds_alternative<nn::GlobalPoolingBlock>(
      model.trunk.blocks[static_cast<std::size_t>(number - 1)]);
}

}  // namespace

TEST_CASE("A shape is read, and nonsense refused in words") {
  const Result<nn::NetShape> shape = nn::parse_net_shape("b10c128");
  REQUIRE(shape);
  CHECK(shape->blocks == 10);
  CHECK(shape->channels == 128);
  CHECK(nn::net_shape_text(*shape) == "b10c128");
  const Result<nn::NetShape> plain = nn::parse_net_shape("b4c32-plain");
  REQUIRE(plain);
  CHECK(!plain->pools);
  CHECK(nn::net_shape_text(*plain) == "b4c32-plain");
  for (const char* text :
       {"", "b", "b4", "-plain", "b4-plain", "4c32", "b4c", "bc32", "b0c32", "b61c32", "b4c4",
        "b4c33", "b4c520", "b4c32x", "b-4c32", "b99999999999c32"}) {
    CAPTURE(text);
    const Result<nn::NetShape> bad = nn::parse_net_shape(text);
    REQUIRE(!bad);
    CHECK(bad.error().message.find("'" + std::string(text) + "'") != std::string::npos);
  }
}

TEST_CASE("Initial nets of all shapes are well formed, whole and no two seeds alike") {
  for (const nn::NetShape shape :
       {nn::NetShape{1, 8}, nn::NetShape{4, 32}, nn::NetShape{6, 96}, nn::NetShape{10, 128}}) {
    const nn::Model model = nn::make_initial_model(shape, 1);
    CAPTURE(model.name);
    CHECK(nn::check_model(model).ok());
    CHECK(nn::NetEvaluator::check(model).ok());
    CHECK(static_cast<int>(model.trunk.blocks.size()) == shape.blocks);
    const auto first = [](const nn::Model& m) { return m.trunk.initial_conv.weights[0]; };
    CHECK(first(nn::make_initial_model(shape, 1)) == first(model));
    CHECK(first(nn::make_initial_model(shape, 2)) != first(model));
  }
}

TEST_CASE("The third block and every second one from there pools, but not the last") {
  const nn::Model four = nn::make_initial_model({4, 32}, 1),
                  six = nn::make_initial_model({6, 96}, 1);
  for (int number = 1; number <= 4; ++number) CHECK(is_pooling(four, number) == (number == 3));
  for (int number = 1; number <= 6; ++number)
    CHECK(is_pooling(six, number) == (number == 3 || number == 5));
  CHECK_FALSE(is_pooling(nn::make_initial_model({3, 32}, 1), 3));
  CHECK(std::get<nn::GlobalPoolingBlock>(six.trunk.blocks[2]).gpool_conv.out == 32);
  CHECK(six.policy.p1_conv.out == 32);
  CHECK(four.policy.p1_conv.out == 12);
}

TEST_CASE("To an initial net games are even and moves alike, whatever its depth") {
  for (const nn::NetShape shape : {nn::NetShape{4, 32}, nn::NetShape{20, 64}}) {
    const Evaluation e = judge(nn::make_initial_model(shape, 7), Position({9, 9}));
    CAPTURE(shape.blocks);
    CHECK(e.win > 0.2);
    CHECK(e.win < 0.8);
    CHECK(std::abs(e.lead) < 20);
    for (const float p : e.policy) CHECK((p > 0.2 / 82 && p < 5.0 / 82));
    for (const float owner : e.ownership) CHECK(std::abs(owner) < 0.8);
  }
}
