// TowerEvaluator: whose value it is, moves turned back, what nets without a pass or a value do.
#include "nn/evaluators/tower_evaluator.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "engine/search/search.h"
#include "nn/reference/tower_reference.h"
#include "tests/support/random_tower.h"

namespace ponnuki::nn {
namespace {

TowerEvaluator evaluator_of(TowerModel model) {
  return TowerEvaluator(
      std::make_shared<TowerReference>(std::make_shared<TowerModel>(std::move(model))));
}

Evaluation evaluate(Evaluator& evaluator, const Position& position, int symmetry = 0) {
  return evaluate_one(evaluator, position,
                      {.symmetry = Symmetry(symmetry), .with_ownership = true});
}

/// Black at C7; White is to move.
Position some_position() {
  Position position({9, 9});
  position.play(Point::at(2, 2));
  return position;
}

void check_sums(const Evaluation& e, const Position& position) {
  float sum = 0;
  for (std::size_t i = 0; i < e.policy.size(); ++i) {
    const bool legal = position.is_legal(Point::from_cell(static_cast<int>(i), position.size()));
    CHECK((e.policy[i] >= 0) == legal);
    if (legal) sum += e.policy[i];
  }
  CHECK(sum == Approx(1));
  CHECK(e.win + e.loss + e.no_result == Approx(1));
}

TEST_CASE("probabilities over the legal moves, the value as a chance to win") {
  TowerEvaluator evaluator = evaluator_of(test::random_tower());
  CHECK_FALSE(evaluator.traits({9, 9}).knows_score);
  CHECK(evaluator.traits({9, 9}).accepts);
  CHECK_FALSE(evaluator.traits({19, 19}).accepts);
  const Position position = some_position();
  const Evaluation e = evaluate(evaluator, position);
  check_sums(e, position);
  CHECK(e.ownership == std::vector<float>(81));
}

TEST_CASE("Black's value is turned for White, the mover's is not") {
  TowerModel model = test::random_tower();
  const Position white = some_position();
  Position black = white;
  black.play(Point::at(6, 6));
  TowerEvaluator mine = evaluator_of(model);
  model.value_is_blacks = true;
  TowerEvaluator blacks = evaluator_of(model);
  CHECK(evaluate(blacks, white).win == Approx(evaluate(mine, white).loss));
  CHECK(evaluate(blacks, black).win == Approx(evaluate(mine, black).win));
}

TEST_CASE("a net that is blind to directions gives the same under each symmetry") {
  TowerModel model = test::random_tower({.blocks = ""});
  // A 3×3 kernel with one weight a channel, heads that weigh all points alike.
  const auto even = [](ConvLayer& conv) {
    const auto step = static_cast<std::size_t>(conv.in * conv.out);
    for (std::size_t i = step; i < conv.weights.size(); ++i)
      conv.weights[i] = conv.weights[i % step];
  };
  even(model.stem.conv);
  model.policy.dense.reset();
  model.policy.conv.conv.out = 1;
  model.policy.conv.conv.weights.resize(static_cast<std::size_t>(model.policy.conv.conv.in));
  model.policy.conv.norm = {"norm", 1, {1}, {0}, Activation::kIdentity};
  model.policy.point_bias = {"bias", std::vector<float>(81)};
  for (std::size_t i = 6; i < model.value->hidden.product.weights.size(); ++i)
    model.value->hidden.product.weights[i] = model.value->hidden.product.weights[i % 6];
  TowerEvaluator evaluator = evaluator_of(model);
  const Position position = some_position();
  const Evaluation plain = evaluate(evaluator, position);
  check_sums(plain, position);
  for (int symmetry = 1; symmetry < 8; ++symmetry) {
    const Evaluation turned = evaluate(evaluator, position, symmetry);
    CHECK(turned.win == Approx(plain.win));
    for (std::size_t i = 0; i < plain.policy.size(); ++i)
      CHECK(turned.policy[i] == Approx(plain.policy[i]).margin(1e-6));
  }
}

TEST_CASE("a policy network alone: playouts judge, and a pass is an average move") {
  TowerEvaluator evaluator = evaluator_of(test::random_tower(
      {.encoder = Encoder::kAlphaGo, .blocks = "c", .dense_policy = false, .value = false}));
  Board board({9, 9});
  std::vector<Move> stones;
  for (int x = 0; x < 9; ++x)
    for (int y = 0; y < 8; ++y)
      if ((x + y) % 3 != 0) stones.push_back({Color::kBlack, Point::at(x, y)});
  REQUIRE(board.place(stones).ok());
  const Position position(board, Color::kBlack, tromp_taylor_rules());
  const Evaluation e = evaluate(evaluator, position);
  check_sums(e, position);
  CHECK(e.win > 0.9F);  // Black has everything
  const Evaluation start = evaluate(evaluator, some_position());
  std::vector<float> points;
  for (std::size_t i = 0; i + 1 < start.policy.size(); ++i)
    if (start.policy[i] > 0) points.push_back(start.policy[i]);
  CHECK(start.policy.back() < *std::ranges::max_element(points));
  CHECK(start.policy.back() > *std::ranges::min_element(points));
}

TEST_CASE("a search over a tower finds its move and keeps to the rules") {
  TowerEvaluator evaluator = evaluator_of(test::random_tower());
  search::SearchParams params;
  params.threads = 1;
  search::Search search(evaluator, params);
  search.set_position(some_position());
  search.run({.visits = 50});
  const search::Analysis analysis = search.analysis();
  CHECK(analysis.root.visits == 50);
  CHECK(some_position().is_legal(analysis.moves.front().move));
}

}  // namespace
}  // namespace ponnuki::nn
