// Every layer against its naive twin (tests/support/naive_layers.h) on random maps, and by hand
// where hands suffice.
#include <catch2/catch.hpp>

#include "engine/random.h"
#include "nn/reference/activation.h"
#include "nn/reference/conv.h"
#include "nn/reference/dense.h"
#include "nn/reference/pool.h"
#include "tests/support/naive_layers.h"

namespace ponnuki::nn {
namespace {

std::vector<float> random_values(std::size_t count, Random& random) {
  std::vector<float> v(count);
  for (float& x : v) x = static_cast<float>(random.uniform() * 4 - 2);
  return v;
}

FeatureMaps random_maps(const MapShape& shape, Random& random) {
  FeatureMaps maps(shape);
  for (float& x : maps.values()) x = static_cast<float>(random.uniform() * 4 - 2);
  return maps;
}

test::Maps naive(const FeatureMaps& maps) {
  const MapShape& s = maps.shape();
  test::Maps out = test::make_maps(s.channels, s.height, s.width);
  for (int c = 0; c < s.channels; ++c)
    for (int y = 0; y < s.height; ++y)
      for (int x = 0; x < s.width; ++x) out[c][y][x] = maps.at(c, y, x);
  return out;
}

void check_equal(const FeatureMaps& maps, const test::Maps& expected) {
  const MapShape& s = maps.shape();
  REQUIRE(s.channels == static_cast<int>(expected.size()));
  REQUIRE(s.height == test::height_of(expected));
  REQUIRE(s.width == test::width_of(expected));
  double worst = 0;
  for (int c = 0; c < s.channels; ++c)
    for (int y = 0; y < s.height; ++y)
      for (int x = 0; x < s.width; ++x)
        worst = std::max(worst, std::abs(maps.at(c, y, x) - expected[c][y][x]));
  CHECK(worst < 1e-4);
}

TEST_CASE("convolution equals its naive twin") {
  struct Case {
    Window window;  // height width, stride y x, dilation y x, pad y x
    MapShape in;
    int out;
  };
  const Case cases[] = {
      {{1, 1, 1, 1, 1, 1, 0, 0}, {3, 4, 5}, 2}, {{3, 3, 1, 1, 1, 1, 1, 1}, {2, 9, 9}, 3},
      {{3, 3, 1, 1, 1, 1, 1, 1}, {2, 1, 1}, 3}, {{5, 5, 1, 1, 1, 1, 2, 2}, {2, 2, 7}, 4},
      {{5, 3, 1, 1, 1, 1, 2, 1}, {3, 7, 4}, 2}, {{3, 3, 1, 1, 2, 3, 2, 3}, {2, 9, 8}, 2},
      {{3, 3, 2, 2, 1, 1, 1, 1}, {2, 9, 8}, 2}, {{2, 4, 3, 1, 1, 2, 0, 1}, {1, 11, 10}, 5},
      {{3, 3, 1, 1, 1, 1, 0, 0}, {2, 3, 5}, 1}, {{3, 3, 1, 1, 1, 1, 4, 5}, {2, 3, 3}, 1},
      {{1, 1, 2, 3, 1, 1, 0, 0}, {2, 7, 7}, 2}, {{7, 7, 2, 1, 1, 1, 6, 3}, {2, 4, 9}, 3},
  };
  Random random(1);
  for (const Case& c : cases) {
    CAPTURE(c.window.height, c.window.width, c.in.height, c.in.width);
    const FeatureMaps in = random_maps(c.in, random);
    const auto weights = random_values(
        static_cast<std::size_t>(c.window.height * c.window.width * c.in.channels * c.out), random);
    FeatureMaps out;
    std::vector<float> patches;
    convolve(c.window, weights, in, out, patches);
    check_equal(out, test::naive_conv(c.window, weights, naive(in), c.out));
  }
}

TEST_CASE("a kernel is neither mirrored nor transposed") {
  FeatureMaps in({1, 3, 3}), out;
  std::fill(in.values().begin(), in.values().end(), 0.0F);
  in.at(0, 1, 1) = 1;
  const std::vector<float> kernel = {1, 2, 3,  //
                                     4, 5, 6,  //
                                     7, 8, 9};
  std::vector<float> patches;
  convolve({3, 3, 1, 1, 1, 1, 1, 1}, kernel, in, out, patches);
  // The point right of and below the stone looks up and left at it: with the kernel's first cell.
  CHECK(out.at(0, 2, 2) == 1);
  CHECK(out.at(0, 2, 0) == 3);
  CHECK(out.at(0, 0, 2) == 7);
  CHECK(out.at(0, 1, 1) == 5);
}

TEST_CASE("window pooling ignores padding") {
  FeatureMaps in({1, 3, 4}), out;
  const float values[] = {-1, -2, -3, -4,  //
                          -5, -6, -7, -8,  //
                          -9, -1, -2, -3};
  std::copy(std::begin(values), std::end(values), in.values().begin());

  max_pool({3, 3, 2, 2, 1, 1, 1, 1}, in, out);
  REQUIRE(out.shape() == MapShape{1, 2, 2});
  CHECK(std::vector<float>(out.values().begin(), out.values().end()) ==
        std::vector<float>{-1, -2, -1, -1});

  mean_pool({2, 2, 2, 2, 1, 1, 0, 0}, in, out);
  REQUIRE(out.shape() == MapShape{1, 1, 2});
  CHECK(out.at(0, 0, 0) == -3.5F);
  CHECK(out.at(0, 0, 1) == -5.5F);

  mean_pool({3, 3, 1, 1, 1, 1, 1, 1}, in, out);
  REQUIRE(out.shape() == in.shape());
  CHECK(out.at(0, 0, 0) == -3.5F);  // a corner sees four points
}

TEST_CASE("global pooling equals its naive twin on any board") {
  Random random(2);
  for (const MapShape shape :
       {MapShape{3, 19, 19}, MapShape{2, 9, 13}, MapShape{4, 2, 2}, MapShape{1, 1, 1}}) {
    const FeatureMaps in = random_maps(shape, random);
    std::vector<float> pooled(static_cast<std::size_t>(3 * shape.channels));
    for (const bool value_head : {false, true}) {
      value_head ? value_pool(in, pooled) : global_pool(in, pooled);
      const test::Row expected = test::naive_global_pool(naive(in), value_head);
      for (std::size_t i = 0; i < pooled.size(); ++i)
        CHECK(pooled[i] == Approx(expected[i]).margin(1e-5));
    }
  }
}

TEST_CASE("the scaled means vanish on 14 by 14") {
  FeatureMaps in({1, 14, 14});
  std::fill(in.values().begin(), in.values().end(), 3.0F);
  std::vector<float> pooled(3);
  global_pool(in, pooled);
  CHECK(pooled == std::vector<float>{3, 0, 3});
  value_pool(in, pooled);
  CHECK(pooled[2] == Approx(-0.3));
}

TEST_CASE("activations equal their definitions") {
  for (const Activation a :
       {Activation::kIdentity, Activation::kRelu, Activation::kMish, Activation::kSilu}) {
    std::vector<float> x;
    for (int i = 0; i <= 324; ++i) x.push_back(-60 + 0.37F * static_cast<float>(i));
    x.insert(x.end(), {0.0F, -1000.0F, 1000.0F, 1e-20F, -1e-20F});
    std::vector<float> y = x;
    activate(a, y);
    for (std::size_t i = 0; i < x.size(); ++i) {
      // The definition of mish overflows in double only beyond 700.
      const double expected = x[i] > 700 ? x[i] : test::naive_activation(a, x[i]);
      CHECK(y[i] == Approx(expected).epsilon(2e-6).margin(1e-12));
    }
  }
}

TEST_CASE("norm and activation by channel") {
  Random random(3);
  NormAct layer{"norm", 3, random_values(3, random), random_values(3, random), Activation::kMish};
  FeatureMaps in = random_maps({3, 5, 4}, random), out;
  const test::Maps expected = test::naive_norm_act(layer, naive(in));
  apply_norm_act(layer, in, out);
  check_equal(out, expected);
  apply_norm_act(layer, in, in);  // in place
  check_equal(in, expected);
}

TEST_CASE("dense layers and sums") {
  Random random(4);
  const MatMulLayer layer{"mul", 7, 5, random_values(35, random)};
  const std::vector<float> in = random_values(7, random);
  std::vector<float> out = apply_matmul(layer, in);
  const test::Row expected = test::naive_matmul(layer, test::Row(in.begin(), in.end()));
  for (std::size_t i = 0; i < 5; ++i) CHECK(out[i] == Approx(expected[i]).margin(1e-5));

  const BiasLayer bias{"bias", {1, 2, 3, 4, 5}};
  const std::vector<float> before = out;
  add_bias(bias, out);
  for (std::size_t i = 0; i < 5; ++i) CHECK(out[i] == before[i] + bias.bias[i]);

  FeatureMaps maps = random_maps({5, 2, 3}, random);
  const FeatureMaps first = maps;
  add_to_channels(bias.bias, maps);
  check_equal(maps, test::naive_add_to_channels({1, 2, 3, 4, 5}, naive(first)));
  add_maps(first, maps);
  CHECK(maps.at(1, 1, 2) == Approx(2 * first.at(1, 1, 2) + 2));
}

TEST_CASE("softmax") {
  std::vector<float> x = {1000, 1001, 1000, -1000};
  softmax(x);
  const float e = std::exp(1.0F);
  CHECK(x[0] == Approx(1 / (2 + e)));
  CHECK(x[1] == Approx(e / (2 + e)));
  CHECK(x[3] < 1e-37F);
  CHECK(x[0] + x[1] + x[2] + x[3] == Approx(1));
}

}  // namespace
}  // namespace ponnuki::nn
