// Nets of one version as nets of another: the same evaluations of positions, or one line that says
// why not.
#include "nn/convert/model_convert.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "engine/random.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/model/model_check.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

/// A net that every version can express as far as its outputs are concerned, if it has ReLU.
Model plain_model(int version, Activation activation = Activation::kRelu) {
  Model model = test::random_model({.version = version, .channels = 8, .activation = activation});
  if (version >= 13) model.post = {20, 17, 20, 23, 40, 0.25F, 30};
  if (version >= 15) {
    for (float& bias : model.policy.pass_bias.bias) bias = 0;
    model.policy.pass_activation = Activation::kIdentity;
  }
  return model;
}

std::vector<Position> random_positions() {
  std::vector<Position> positions;
  Random random(5);
  for (const BoardSize size : {BoardSize{9, 9}, {5, 3}, {13, 13}, {7, 9}}) {
    for (const Rules& rules : {chinese_rules(), japanese_rules()}) {
      Position position(size, rules);
      for (int move = 0; move < size.area() / 2; ++move) {
        const auto cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
        const Point point = Point::from_cell(cell, size);
        if (position.is_legal(point)) position.play(point);
      }
      positions.push_back(position);
    }
  }
  return positions;
}

std::vector<Evaluation> evaluations_of(const Model& model) {
  NetEvaluator evaluator(std::make_shared<ReferenceNetwork>(std::make_shared<const Model>(model)));
  const std::vector<Position> positions = random_positions();
  std::vector<Evaluation> results(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    results[i] = evaluate_one(evaluator, positions[i], {.with_ownership = true});
  }
  return results;
}

void check_close(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).margin(1e-5));
}

/// What every version says.
void check_same_outputs(const Evaluation& a, const Evaluation& b) {
  check_close(a.policy, b.policy);
  check_close(a.ownership, b.ownership);
  check_close({a.win, a.loss, a.no_result}, {b.win, b.loss, b.no_result});
  CHECK(a.score_mean == Approx(b.score_mean).epsilon(1e-5).margin(1e-5));
  CHECK(a.score_stdev == Approx(b.score_stdev).epsilon(1e-5).margin(1e-5));
  CHECK(a.lead == Approx(b.lead).epsilon(1e-5).margin(1e-5));
}

TEST_CASE("a net of another version says the same") {
  const int from = GENERATE(8, 9, 10, 11, 12, 13, 14, 15, 16);
  const int to = GENERATE(8, 11, 15);
  CAPTURE(from, to);
  const Model model = plain_model(from);
  const auto converted = convert_for_katago(model, to);
  if (!converted) FAIL(converted.error().message);
  CHECK(converted->model.version == to);
  CHECK(check_model(converted->model).ok());

  const auto before = evaluations_of(model), after = evaluations_of(converted->model);
  for (std::size_t i = 0; i < before.size(); ++i) {
    check_same_outputs(before[i], after[i]);
    if (from >= 9 && to >= 9)
      CHECK(before[i].variance_time == Approx(after[i].variance_time).epsilon(1e-5));
    const bool same_formula = (from >= 10 && from <= 13 && to == 11) || (from >= 14 && to == 15);
    if (!same_formula) continue;
    CHECK(before[i].winloss_error == Approx(after[i].winloss_error).epsilon(1e-5));
    CHECK(before[i].score_error == Approx(after[i].score_error).epsilon(1e-5));
  }
}

TEST_CASE("the version that a net has changes nothing") {
  for (int version = 3; version <= 16; ++version) {
    const auto same = convert_for_katago(plain_model(version), version);
    REQUIRE(same.ok());
    CHECK(same->notes.empty());
    CHECK(same->model.policy.p2_conv.weights == plain_model(version).policy.p2_conv.weights);
    CHECK(same->model.value.misc_mul.weights == plain_model(version).value.misc_mul.weights);
  }
}

/// A net whose short-term errors are `value` and `score` everywhere.
Model model_with_errors(int version, float value_raw, float score_raw) {
  Model model = plain_model(version);
  MatMulLayer& misc = model.value.misc_mul;
  for (int row = 0; row < misc.in; ++row) {
    for (const int column : {4, 5})
      misc.weights[static_cast<std::size_t>(row * misc.out + column)] = 0;
  }
  model.value.misc_bias.bias[4] = value_raw;
  model.value.misc_bias.bias[5] = score_raw;
  return model;
}

TEST_CASE("short-term errors that are the same everywhere stay what they are") {
  for (const auto& [from, to] : {std::pair{9, 11}, {9, 15}, {11, 15}, {15, 11}}) {
    CAPTURE(from, to);
    const auto converted = convert_for_katago(model_with_errors(from, -2.5F, -3.0F), to);
    REQUIRE(converted.ok());
    const auto before = evaluations_of(model_with_errors(from, -2.5F, -3.0F));
    const auto after = evaluations_of(converted->model);
    CHECK(after[0].winloss_error == Approx(before[0].winloss_error).epsilon(1e-5));
    CHECK(after[0].score_error == Approx(before[0].score_error).epsilon(1e-5));
    for (const std::string& note : converted->notes)
      CHECK(note.find("short-term") == std::string::npos);
  }
}

TEST_CASE("short-term errors of another formula are kept within some percent, and come back") {
  Model model = plain_model(11);
  for (const double scale : {0.02, 0.1, 0.5}) {
    // A slight dependence on the position around an error of about `scale`.
    model = model_with_errors(11, static_cast<float>(std::log(std::expm1(4 * scale * scale))),
                              static_cast<float>(std::log(std::expm1(scale * scale * 2))));
    for (std::size_t i = 0; i < model.value.misc_mul.weights.size(); ++i)
      if (i % 6 >= 4) model.value.misc_mul.weights[i] = 1e-3F * static_cast<float>(i);
    const auto newer = convert_for_katago(model, 15);
    REQUIRE(newer.ok());
    CHECK(newer->notes.size() == 2);
    const auto before = evaluations_of(model), after = evaluations_of(newer->model);
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(after[i].winloss_error == Approx(before[i].winloss_error).epsilon(0.05));
      CHECK(after[i].score_error == Approx(before[i].score_error).epsilon(0.08));
    }
    const auto back = convert_for_katago(newer->model, 11);
    REQUIRE(back.ok());
    const auto again = evaluations_of(back->model);
    for (std::size_t i = 0; i < before.size(); ++i) {
      CHECK(again[i].winloss_error == Approx(before[i].winloss_error).epsilon(1e-4));
      CHECK(again[i].score_error == Approx(before[i].score_error).epsilon(1e-4));
    }
  }
}

TEST_CASE("a net without short-term errors gets those that weigh evaluations as none do") {
  for (const int to : {11, 15}) {
    const auto converted = convert_for_katago(plain_model(8), to);
    REQUIRE(converted.ok());
    for (const Evaluation& e : evaluations_of(converted->model)) {
      // KataGo's weight, with its defaults: 0.25 / (error + 0.25 / 8).
      CHECK(0.25 / (static_cast<double>(e.winloss_error) + 0.25 / 8) == Approx(1).epsilon(1e-5));
      CHECK(e.score_error < 1e-6F);
    }
  }
}

std::string notes_of(const Model& model, int version) {
  const auto converted = convert_for_katago(model, version);
  if (!converted) FAIL(converted.error().message);
  std::string all;
  for (const std::string& note : converted->notes) all += note + '\n';
  return all;
}

TEST_CASE("what is lost is said") {
  const auto contains = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  CHECK(contains(notes_of(plain_model(11), 8), "short-term errors are left out"));
  CHECK(contains(notes_of(plain_model(8), 11), "short-term errors are the same everywhere"));
  CHECK(contains(notes_of(plain_model(11), 15), "optimistic policy is the policy once more"));
  CHECK(contains(notes_of(plain_model(15), 11), "optimistic policy is left out"));
  CHECK(contains(notes_of(plain_model(16), 15), "Q values of moves are left out"));
  Model odd = plain_model(11);
  odd.name = "my.net/2";
  CHECK(contains(notes_of(odd, 11), "The net is called my-net-2"));
}

TEST_CASE("what a version cannot express is named") {
  const auto error = [](const Model& model, int version) {
    const auto converted = convert_for_katago(model, version);
    return converted ? std::string() : converted.error().message;
  };
  const auto refuses = [&](const Model& model, int version, const std::string& part) {
    CAPTURE(part, error(model, version));
    CHECK(error(model, version).find(part) != std::string::npos);
  };
  refuses(plain_model(11, Activation::kMish), 8, "is not ReLU, the only one of version 8");
  Model hidden = plain_model(11);
  hidden.value.v2_activation = Activation::kSilu;
  refuses(hidden, 8, "'" + hidden.value.v2_mul.name + "' is not ReLU");
  refuses(plain_model(7), 8, "other input planes");
  refuses(plain_model(11), 16, "no net can be made into one of version 16");

  refuses(test::random_model({.version = 15, .metadata = true}), 11, "metadata of the players");
  Model suicide = plain_model(15);
  suicide.pass_alive_under_suicide = true;
  refuses(suicide, 11, "pass-alive areas");
  Model pass = plain_model(15);
  pass.policy.pass_activation = Activation::kMish;
  refuses(pass, 11, "the pass goes through a hidden layer");
  Model biased = plain_model(15);
  biased.policy.pass_bias.bias[1] = 0.5F;
  refuses(biased, 8, "the pass goes through a hidden layer");
  Model stdev = plain_model(13);
  stdev.post.score_stdev = 18;
  refuses(stdev, 11, "the score's standard deviation is 18, and in version 11 always 20");
  Model time = plain_model(14);
  time.post.variance_time = 41;
  refuses(time, 8, "the time's variance is 41");

  Model wide = plain_model(15);
  wide.policy.gpool_to_pass = {"wide", 9, 5, std::vector<float>(45, 0.1F)};
  wide.policy.pass_bias.bias.resize(5);
  wide.policy.gpool_to_pass2 = {"wide2", 5, 2, std::vector<float>(10, 0.1F)};
  refuses(wide, 15, "the pass's hidden layer has 5 channels");
  refuses(test::random_model({.version = 11, .planes = 20}), 15, "takes 20 planes and 19 numbers");
}

TEST_CASE("the pass's hidden layer becomes as wide as KataGo wants it") {
  Model narrow = plain_model(15, Activation::kMish);
  narrow.policy.pass_activation = Activation::kMish;
  narrow.policy.gpool_to_pass = {"narrow", 9, 1, std::vector<float>(9, 0.3F)};
  narrow.policy.pass_bias.bias = {0.25F};
  narrow.policy.gpool_to_pass2 = {"narrow2", 1, 2, {0.5F, -1.0F}};
  REQUIRE(check_model(narrow).ok());
  const auto converted = convert_for_katago(narrow, 15);
  REQUIRE(converted.ok());
  CHECK(converted->model.policy.gpool_to_pass.out == narrow.policy.p1_conv.out);
  const auto before = evaluations_of(narrow), after = evaluations_of(converted->model);
  for (std::size_t i = 0; i < before.size(); ++i) check_same_outputs(before[i], after[i]);
}

}  // namespace
}  // namespace ponnuki::nn
