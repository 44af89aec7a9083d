// The rows of `ponnuki net info`: by hand for a small net, and against what the network does.
#include "nn/model/layer_list.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "nn/model/model_summary.h"
#include "nn/model/model_visit.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_input.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

using test::random_model;

TEST_CASE("a small net, row by row") {
  // 6 channels, an ordinary and a pooling block; on 5×3 a weight of a convolution works 15 times.
  struct Expected {
    std::string kind, shape;
    int channels, parameters, flops;
    std::string sees;
  };
  const std::vector<Expected> expected = {
      {"convolution", "5x5, 22 -> 6", 6, 3300, 30 * 3300, "5x5"},
      {"matrix", "19 -> 6", 6, 114, 2 * 114, "numbers"},
      // ordinary
      {"norm, SiLU", "6", 6, 12, 0, "5x5"},
      {"convolution", "3x3, 6 -> 7", 7, 378, 30 * 378, "7x7"},
      {"norm, SiLU", "7", 7, 14, 0, "7x7"},
      {"convolution", "3x3, 7 -> 6", 6, 378, 30 * 378, "9x9"},
      {"sum", "6", 6, 0, 0, "9x9"},
      // global pooling
      {"norm, SiLU", "6", 6, 12, 0, "9x9"},
      {"convolution", "3x3, 6 -> 5", 5, 270, 30 * 270, "11x11"},
      {"convolution", "3x3, 6 -> 2", 2, 108, 30 * 108, "11x11"},
      {"norm, SiLU", "2", 2, 4, 0, "11x11"},
      {"matrix", "6 -> 5", 5, 30, 60, "board"},
      {"norm, SiLU", "5", 5, 10, 0, "11x11 + board"},
      {"convolution", "3x3, 5 -> 6", 6, 270, 30 * 270, "13x13 + board"},
      {"sum", "6", 6, 0, 0, "13x13 + board"},
      {"norm, SiLU", "6", 6, 12, 0, "13x13 + board"},
      // policy head
      {"convolution", "1x1, 6 -> 4", 4, 24, 30 * 24, "13x13 + board"},
      {"convolution", "1x1, 6 -> 3", 3, 18, 30 * 18, "13x13 + board"},
      {"norm, SiLU", "3", 3, 6, 0, "13x13 + board"},
      {"matrix", "9 -> 4", 4, 36, 72, "board"},
      {"norm, SiLU", "4", 4, 8, 0, "13x13 + board"},
      {"convolution", "1x1, 4 -> 1", 1, 4, 30 * 4, "13x13 + board"},
      {"matrix", "9 -> 1", 1, 9, 18, "board"},
      // value head
      {"convolution", "1x1, 6 -> 5", 5, 30, 30 * 30, "13x13 + board"},
      {"norm, SiLU", "5", 5, 10, 0, "13x13 + board"},
      {"matrix", "15 -> 7", 7, 105, 210, "board"},
      {"bias, SiLU", "7", 7, 7, 0, "board"},
      {"matrix", "7 -> 3", 3, 21, 42, "board"},
      {"bias", "3", 3, 3, 0, "board"},
      {"matrix", "7 -> 6", 6, 42, 84, "board"},
      {"bias", "6", 6, 6, 0, "board"},
      {"convolution", "1x1, 5 -> 1", 1, 5, 30 * 5, "13x13 + board"}};

  const Model model = random_model({.activation = Activation::kSilu, .blocks = "og"});
  const auto layers = list_layers(model, {5, 3});
  REQUIRE(layers.size() == expected.size());
  for (std::size_t i = 0; i < layers.size(); ++i) {
    CAPTURE(i, layers[i].name);
    CHECK(layers[i].kind == expected[i].kind);
    CHECK(layers[i].shape == expected[i].shape);
    CHECK(layers[i].channels == expected[i].channels);
    CHECK(layers[i].parameters == expected[i].parameters);
    CHECK(layers[i].flops == expected[i].flops);
    CHECK(field_text(layers[i]) == expected[i].sees);
  }
}

TEST_CASE("3x3 on 3x3 sees 5x5, and what pools is not seen before it pools") {
  const Model model = random_model({.blocks = "g", .first_kernel = 3, .dilation = 2});
  std::vector<std::string> seen;
  for (const LayerInfo& layer : list_layers(model, {9, 9})) seen.push_back(field_text(layer));
  const std::vector<std::string> first = {"3x3",         "numbers",     "3x3",        "7x7",
                                          "7x7",         "7x7",         "board",      "7x7 + board",
                                          "9x9 + board", "9x9 + board", "9x9 + board"};
  REQUIRE(seen.size() > first.size());
  CHECK(std::vector(seen.begin(), seen.begin() + std::ssize(first)) == first);
}

/// Weights as they are stored, and the work on 9×13: of a convolution at every point.
struct Sums {
  std::int64_t parameters = 0, flops = 0;
  void add(const std::vector<float>& weights, std::int64_t times) {
    parameters += std::ssize(weights);
    flops += 2 * times * std::ssize(weights);
  }
  void operator()(const ConvLayer& l) { add(l.weights, 9 * 13); }
  void operator()(const MatMulLayer& l) { add(l.weights, 1); }
  void operator()(const BiasLayer& l) { add(l.bias, 0); }
  void operator()(const RmsNorm& l) { add(l.weight, 0); }
  void operator()(const Rope& l) { add(l.frequencies, 0); }
  void operator()(const NormAct& l) {
    add(l.scale, 0);
    add(l.bias, 0);
  }
};

TEST_CASE("the rows add up to the net, and the summary says the same") {
  for (int version = kOldestModelVersion; version <= kNewestModelVersion; ++version) {
    const Model model = random_model({.version = version, .metadata = version >= 15});
    Sums expected;
    visit_layers(model, expected);
    std::int64_t parameters = 0, flops = 0;
    for (const LayerInfo& layer : list_layers(model, {9, 13})) {
      parameters += layer.parameters;
      flops += layer.flops;
    }
    CAPTURE(version);
    CHECK(parameters == expected.parameters);
    CHECK(flops == expected.flops);
    CHECK(summarize_model(model).parameters == expected.parameters);
    CHECK(flops_per_position(model, {9, 13}) == expected.flops);
  }
}

/// What comes out of every layer.
std::map<std::string, FeatureMaps> outputs(const Model& model, const NetworkInput& input) {
  std::map<std::string, FeatureMaps> all;
  NetworkOutput output;
  ReferenceNetwork(std::make_shared<Model>(model))
      .forward_observed({&input, 1}, {&output, 1},
                        [&](const std::string& layer, const FeatureMaps& maps) {
                          CHECK(all.emplace(layer, maps).second);
                        });
  return all;
}

TEST_CASE("the network tells of every layer of the list, and in its shape") {
  std::vector<Model> models = {random_model({.version = 17, .blocks = "tfram"})};
  for (int version = kOldestModelVersion; version <= kNewestModelVersion; ++version)
    models.push_back(random_model({.version = version, .metadata = version >= 15}));
  for (const Model& model : models) {
    const test::RandomInput random(model, {5, 7}, 3);
    const auto told = outputs(model, random.input);
    const auto layers = list_layers(model, {5, 7});
    CAPTURE(model.name);
    CHECK(told.size() == layers.size());
    for (const LayerInfo& layer : layers) {
      CAPTURE(layer.name);
      const int height = layer.per_point ? 7 : 1, width = layer.per_point ? 5 : 1;
      REQUIRE(told.contains(layer.name));
      CHECK(told.at(layer.name).shape() == MapShape{layer.channels, height, width});
    }
  }
}

/// How many rows and columns there are from the first to the last where two outputs differ.
std::pair<int, int> changed_box(const FeatureMaps& a, const FeatureMaps& b) {
  int top = 99, left = 99, bottom = -1, right = -1;
  for (int c = 0; c < a.shape().channels; ++c) {
    for (int y = 0; y < a.shape().height; ++y) {
      for (int x = 0; x < a.shape().width; ++x) {
        if (a.at(c, y, x) == b.at(c, y, x)) continue;
        top = std::min(top, y), bottom = std::max(bottom, y);
        left = std::min(left, x), right = std::max(right, x);
      }
    }
  }
  return {std::max(0, bottom - top + 1), std::max(0, right - left + 1)};
}

TEST_CASE("one point changes what the receptive field says, and no more") {
  for (const char* const blocks : {"oo", "g"}) {
    const Model model =
        random_model({.activation = Activation::kMish, .blocks = blocks, .dilation = 2});
    test::RandomInput random(model, {25, 25}, 4);
    const auto before = outputs(model, random.input);
    random.spatial[12 * 25 + 12] += 1;  // the middle of the first plane
    const auto after = outputs(model, random.input);
    for (const LayerInfo& layer : list_layers(model, {25, 25})) {
      CAPTURE(blocks, layer.name, layer.shape);
      const auto box = changed_box(before.at(layer.name), after.at(layer.name));
      if (!layer.sees) {
        CHECK(box == std::pair(0, 0));
      } else if (!layer.per_point) {
        CHECK(box == std::pair(1, 1));
      } else if (layer.sees->whole_board) {
        CHECK(box == std::pair(25, 25));
      } else {
        CHECK(box == std::pair(layer.sees->height, layer.sees->width));
      }
    }
  }
}

TEST_CASE("the table fits 100 columns and ends with the totals") {
  const Model model = random_model({.version = 15, .metadata = true});
  std::istringstream table(describe_layers(list_layers(model, {19, 19}), trunk_field(model)));
  std::string line, last;
  int lines = 0;
  for (; std::getline(table, line); ++lines) {
    CAPTURE(line);
    CHECK(line.size() <= 100);
    CHECK_FALSE(line.ends_with(' '));
    last = line;
  }
  CHECK(lines == static_cast<int>(list_layers(model, {19, 19}).size()) + 2);
  CHECK_THAT(last, Catch::StartsWith("total ") && Catch::EndsWith(" + board"));
}

}  // namespace
}  // namespace ponnuki::nn
