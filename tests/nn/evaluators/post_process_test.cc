// Raw outputs to evaluations, by numbers worked out by hand, for every kind of version.
#include "nn/evaluators/post_process.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

Model model_of(int version) {
  Model model = test::random_model({.version = version});
  model.post = PostProcess{};
  return model;
}

/// Everything zero, on a board of `size`.
NetworkOutput zero_output(const Model& model, BoardSize size) {
  NetworkOutput output;
  const auto area = static_cast<std::size_t>(size.area());
  output.policy.assign(static_cast<std::size_t>(model.policy_channels()) * (area + 1), 0);
  output.value.assign(3, 0);
  output.misc.assign(6, 0);
  output.ownership.assign(area, 0);
  return output;
}

Evaluation evaluate(const Model& model, const NetworkOutput& output, const Position& position,
                    EvalRequest request = {}) {
  Evaluation result;
  request.position = &position;
  request.result = &result;
  REQUIRE(post_process(model, output, request));
  return result;
}

TEST_CASE("the policy is a softmax over legal moves, -1 elsewhere") {
  const Model model = model_of(8);
  Position position(BoardSize{2, 2});
  position.play(Point::at(0, 0));
  NetworkOutput output = zero_output(model, {2, 2});
  output.policy = {9, std::log(2.0F), 0, 0, std::log(4.0F)};
  Evaluation e = evaluate(model, output, position);
  CHECK(e.policy[0] == -1);
  CHECK(e.policy[1] == Approx(2.0 / 8));
  CHECK(e.policy[2] == Approx(1.0 / 8));
  CHECK(e.policy[4] == Approx(4.0 / 8));

  EvalRequest warm;
  warm.policy_temperature = 2;
  e = evaluate(model, output, position, warm);
  CHECK(e.policy[4] == Approx(2 / (2 + std::sqrt(2.0) + 2)));
}

TEST_CASE("passing hacks cap a pass at 95 percent") {
  const Model model = model_of(8);
  const Position position(BoardSize{2, 2});
  NetworkOutput output = zero_output(model, {2, 2});
  output.policy.back() = 20;
  EvalRequest request;
  CHECK(evaluate(model, output, position, request).policy.back() > 0.999F);
  request.passing_hacks = true;
  CHECK(evaluate(model, output, position, request).policy.back() == Approx(0.95));
}

TEST_CASE("an optimistic policy is mixed in by its logits, from version 12") {
  const Position position(BoardSize{2, 2});
  EvalRequest request;
  request.policy_optimism = 0.25F;
  for (const int version : {12, 16}) {
    const Model model = model_of(version);
    NetworkOutput output = zero_output(model, {2, 2});
    output.policy[0] = 4;
    output.policy[5] = 8;   // optimistic, first point
    output.policy[9] = -4;  // optimistic pass
    const Evaluation e = evaluate(model, output, position, request);
    CHECK(e.policy[0] / e.policy[1] == Approx(std::exp(5.0)));
    CHECK(e.policy[4] / e.policy[1] == Approx(std::exp(-1.0)));
  }
}

TEST_CASE("win, loss and no result are a softmax, superko and area scoring always have a result") {
  const Model model = model_of(8);
  NetworkOutput output = zero_output(model, {2, 2});
  output.value = {std::log(3.0F), 0, std::log(4.0F)};
  const auto outcome = [&](KoRule ko, ScoringRule scoring) {
    Rules rules;
    rules.ko = ko;
    rules.scoring = scoring;
    const Evaluation e = evaluate(model, output, Position(BoardSize{2, 2}, rules));
    return std::vector<float>{e.win, e.loss, e.no_result};
  };
  const auto with = std::vector<float>{3.0F / 8, 1.0F / 8, 4.0F / 8};
  CHECK(outcome(KoRule::kPositional, ScoringRule::kArea) == std::vector<float>{0.75F, 0.25F, 0});
  for (const auto& found : {outcome(KoRule::kSimple, ScoringRule::kArea),
                            outcome(KoRule::kPositional, ScoringRule::kTerritory)}) {
    for (std::size_t i = 0; i < 3; ++i) CHECK(found[i] == Approx(with[i]));
  }
}

TEST_CASE("scores are those of games with a result, times their share") {
  const Model model = model_of(8);
  NetworkOutput output = zero_output(model, {2, 2});
  output.misc = {0.5F, 0, -0.25F, 0};
  Rules rules;
  Evaluation e = evaluate(model, output, Position(BoardSize{2, 2}, rules));
  CHECK(e.score_mean == Approx(10));
  CHECK(e.score_stdev == Approx(20 * std::log(2.0)));
  CHECK(e.lead == Approx(-5));
  CHECK(e.variance_time == 0);  // unknown before version 9
  CHECK(e.score_error == 0);

  rules.ko = KoRule::kSimple;
  output.value = {0, 0, std::log(2.0F)};  // half of the games have no result
  e = evaluate(model, output, Position(BoardSize{2, 2}, rules));
  CHECK(e.score_mean == Approx(5));
  CHECK(e.lead == Approx(-2.5));
  const double stdev = 20 * std::log(2.0);
  CHECK(e.score_stdev == Approx(std::sqrt((100 + stdev * stdev) / 2 - 25)));
}

TEST_CASE("each version's other outputs") {
  const Position position(BoardSize{2, 2});
  const double two = std::log(2.0);  // softplus(0)
  struct Case {
    int version;
    double lead, variance_time, winloss_error, score_error;
  };
  const Case cases[] = {
      {4, 10, 0, 0, 0},
      {8, 20, 0, 0, 0},
      {9, 20, 40 * two, two, 10 * two},
      {10, 20, 40 * two, std::sqrt(two * 0.25), std::sqrt(two * 30)},
      {14, 20, 40 * two, two * 0.5, two * std::sqrt(30.0)},
      {16, 20, 40 * two, two * 0.5, two * std::sqrt(30.0)},
  };
  for (const Case& c : cases) {
    CAPTURE(c.version);
    const Model model = model_of(c.version);
    NetworkOutput output = zero_output(model, {2, 2});
    output.misc = {0.5F, 0, 1, 0, 0, 0};
    const Evaluation e = evaluate(model, output, position);
    CHECK(e.score_mean == Approx(10));
    CHECK(e.lead == Approx(c.lead));
    CHECK(e.variance_time == Approx(c.variance_time));
    CHECK(e.winloss_error == Approx(c.winloss_error));
    CHECK(e.score_error == Approx(c.score_error));
  }
  // Version 3 knows one number, on a scale of twice the board's length.
  NetworkOutput output = zero_output(model_of(3), {2, 2});
  output.misc = {0.5F};
  const Evaluation e = evaluate(model_of(3), output, position);
  CHECK(e.score_mean == Approx(2));
  CHECK(e.lead == Approx(2));
  CHECK(e.score_stdev == 0);
}

TEST_CASE("multipliers of the file are used") {
  Model model = model_of(13);
  model.post = {1, 2, 3, 4, 5, 6, 7};
  NetworkOutput output = zero_output(model, {2, 2});
  output.misc = {1, 0, 1, 0, 0, 0};
  const Evaluation e = evaluate(model, output, Position(BoardSize{2, 2}));
  CHECK(e.score_mean == Approx(2));
  CHECK(e.score_stdev == Approx(3 * std::log(2.0)));
  CHECK(e.lead == Approx(4));
  CHECK(e.variance_time == Approx(5 * std::log(2.0)));
  CHECK(e.winloss_error == Approx(std::sqrt(6 * std::log(2.0))));
  CHECK(e.score_error == Approx(std::sqrt(7 * std::log(2.0))));
}

TEST_CASE("policy and ownership are turned back") {
  const Model model = model_of(8);
  const BoardSize size{3, 3};
  const Position position(size);
  for (int s = 0; s < 8; ++s) {
    NetworkOutput output = zero_output(model, size);
    const Point shown = Symmetry(s).apply(Point::at(2, 1), size);
    output.policy[static_cast<std::size_t>(shown.cell(size))] = 10;
    output.ownership[static_cast<std::size_t>(shown.cell(size))] = 1;
    EvalRequest request;
    request.symmetry = Symmetry(s);
    request.with_ownership = true;
    const Evaluation e = evaluate(model, output, position, request);
    CHECK(e.policy[5] > 0.9F);
    CHECK(e.ownership[5] == Approx(std::tanh(1.0)));
    CHECK(e.ownership[3] == 0);
  }
  CHECK(evaluate(model, zero_output(model, size), position).ownership.empty());
}

TEST_CASE("numbers that are not finite are refused") {
  const Model model = model_of(8);
  const Position position(BoardSize{2, 2});
  const auto refused = [&](auto damage) {
    NetworkOutput output = zero_output(model, {2, 2});
    damage(output);
    Evaluation result;
    EvalRequest request;
    request.position = &position;
    request.result = &result;
    request.with_ownership = true;
    return !post_process(model, output, request);
  };
  CHECK_FALSE(refused([](NetworkOutput&) {}));
  CHECK(refused([](NetworkOutput& o) { o.policy[1] = NAN; }));
  CHECK(refused([](NetworkOutput& o) { o.policy[1] = INFINITY; }));
  CHECK(refused([](NetworkOutput& o) { o.value[0] = INFINITY; }));
  CHECK(refused([](NetworkOutput& o) { o.misc[0] = NAN; }));
  CHECK(refused([](NetworkOutput& o) { o.ownership[3] = NAN; }));
}

}  // namespace
}  // namespace ponnuki::nn
