// Towers: the Eigen network against the naive one, the fast one against Eigen's.
#include <catch2/catch.hpp>
#include <cmath>

#include "nn/kernels/fast_network.h"
#include "nn/reference/tower_reference.h"
#include "tests/support/naive_tower.h"
#include "tests/support/random_tower.h"

namespace ponnuki::nn {
namespace {

/// Planes of some positions, a third of their points set.
struct RandomPlanes {
  RandomPlanes(const TowerModel& model, int count) {
    Random random(5);
    const auto size = static_cast<std::size_t>(model.planes() * model.size.area());
    for (int i = 0; i < count; ++i) {
      std::vector<float>& v = spatial.emplace_back(size);
      for (float& x : v) x = random.below(3) == 0 ? 1.0F : 0.0F;
    }
    for (const auto& v : spatial) inputs.push_back({model.size, v.data()});
  }
  std::vector<std::vector<float>> spatial;
  std::vector<NetworkInput> inputs;
};

std::vector<TowerModel> all_kinds() {
  using test::random_tower;
  return {
      random_tower({.encoder = Encoder::kLeelaZero, .size = {19, 19}, .blocks = "rrr"}),
      random_tower({.encoder = Encoder::kAlphaGoZero, .size = {9, 9}, .channels = 32}),
      random_tower({.encoder = Encoder::kAlphaGo,
                    .size = {13, 13},
                    .first_kernel = 5,
                    .blocks = "ccc",
                    .dense_policy = false,
                    .value = false}),
      random_tower({.encoder = Encoder::kAlphaGo,
                    .size = {7, 5},
                    .first_kernel = 5,
                    .blocks = "crcc",
                    .dense_policy = false,
                    .colour = true}),
      random_tower({.size = {2, 2}, .blocks = ""}),
  };
}

template <typename Expected>
double error(const std::vector<float>& found, const Expected& expected) {
  REQUIRE(found.size() == expected.size());
  double worst = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const double difference =
        std::abs(static_cast<double>(found[i]) - static_cast<double>(expected[i]));
    worst = difference <= worst ? worst : difference;  // a NaN must not hide
  }
  return worst;
}

TEST_CASE("the reference tower equals the naive one") {
  for (const TowerModel& model : all_kinds()) {
    CAPTURE(model.name, int{model.size.width});
    REQUIRE(check_tower(model).ok());
    TowerReference network(std::make_shared<TowerModel>(model));
    const RandomPlanes planes(model, 2);
    std::vector<NetworkOutput> outputs(2);
    network.forward(planes.inputs, outputs);
    for (std::size_t i = 0; i < 2; ++i) {
      const auto expected = test::NaiveTower(model).forward(planes.inputs[i]);
      CHECK(error(outputs[i].policy, expected.policy) < 1e-4);
      CHECK(error(outputs[i].value, expected.value) < 1e-4);
    }
  }
}

TEST_CASE("the fast tower equals the reference on every level, in batches of any size") {
  for (const TowerModel& model : all_kinds()) {
    TowerReference reference(std::make_shared<TowerModel>(model));
    const RandomPlanes planes(model, 5);
    std::vector<NetworkOutput> expected(5), found(5);
    reference.forward(planes.inputs, expected);
    for (const kernels::SimdLevel level : kernels::supported_simd_levels()) {
      for (const kernels::Precision precision :
           {kernels::Precision::kFp32, kernels::Precision::kInt16}) {
        auto network = kernels::make_fast_tower(std::make_shared<TowerModel>(model),
                                                {.simd = level, .precision = precision});
        REQUIRE(network);
        CAPTURE(model.name, (*network)->backend_name());
        const double tolerance = precision == kernels::Precision::kInt16 ? 0.1 : 1e-4;
        for (const std::size_t batch : {1U, 5U}) {
          (*network)->forward(std::span(planes.inputs).first(batch), std::span(found).first(batch));
          for (std::size_t i = 0; i < batch; ++i) {
            CHECK(error(found[i].policy, expected[i].policy) < tolerance);
            CHECK(error(found[i].value, expected[i].value) < tolerance);
          }
        }
      }
    }
  }
}

TEST_CASE("a mirrored tower sees a mirrored board as the first one sees the board") {
  for (const TowerModel& model : all_kinds()) {
    TowerModel mirrored = model;
    mirror_rows(mirrored);
    const RandomPlanes planes(model, 1);
    const int width = model.size.width, height = model.size.height, area = model.size.area();
    std::vector<float> turned(planes.spatial[0].size());
    for (int i = 0; i < static_cast<int>(turned.size()); ++i) {
      const int y = i % area / width;
      turned[static_cast<std::size_t>(i)] =
          planes.spatial[0][static_cast<std::size_t>(i + (height - 1 - 2 * y) * width)];
    }
    const NetworkInput input{model.size, turned.data()};
    NetworkOutput plain, other;
    TowerReference(std::make_shared<TowerModel>(model)).forward(planes.inputs, {&plain, 1});
    TowerReference(std::make_shared<TowerModel>(mirrored)).forward({&input, 1}, {&other, 1});
    CHECK(error(other.value, plain.value) < 1e-4);
    for (int p = 0; p < area; ++p) {
      const int from = p + (height - 1 - 2 * (p / width)) * width;
      CHECK(other.policy[static_cast<std::size_t>(p)] ==
            Approx(plain.policy[static_cast<std::size_t>(from)]).margin(1e-4));
    }
    if (model.policy.dense) CHECK(other.policy.back() == Approx(plain.policy.back()).margin(1e-4));
  }
}

TEST_CASE("a tower whose layers do not fit together is refused by name") {
  const auto refusal = [](auto spoil) {
    TowerModel model = test::random_tower();
    spoil(model);
    const Status status = check_tower(model);
    return status.ok() ? std::string() : status.error().message;
  };
  CHECK(refusal([](TowerModel&) {}).empty());
  CHECK_THAT(refusal([](TowerModel& m) { m.encoder = Encoder::kLeelaZero; }),
             Catch::Contains("17 planes, which are not those of the encoder 'leela-zero'"));
  CHECK_THAT(refusal([](TowerModel& m) {
               m.size = {13, 13};
             }),
             Catch::Contains("'dense") && Catch::Contains("inputs"));
  CHECK_THAT(refusal([](TowerModel& m) { m.stem.conv.weights.pop_back(); }),
             Catch::Contains("'conv1' has"));
  CHECK_THAT(refusal([](TowerModel& m) { m.value->output.product.out = 2; }),
             Catch::Contains("weights"));
  CHECK_THAT(refusal([](TowerModel& m) { m.policy.dense.reset(); }),
             Catch::Contains("2 output channels, expected 1"));
}

}  // namespace
}  // namespace ponnuki::nn
