// NetEvaluator over a random net: batches, sizes, symmetries, refused models.
#include "nn/evaluators/net_evaluator.h"

#include <catch2/catch.hpp>
#include <numeric>

#include "nn/reference/reference_network.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

std::shared_ptr<Network> random_network() {
  return std::make_shared<ReferenceNetwork>(
      std::make_shared<const Model>(test::random_model({.version = 11})));
}

Evaluation evaluate(NetEvaluator& evaluator, const Position& position, int symmetry = 0) {
  return evaluate_one(evaluator, position,
                      {.symmetry = Symmetry(symmetry), .with_ownership = true});
}

void check_equal(const Evaluation& a, const Evaluation& b) {
  CHECK(a.policy == b.policy);
  CHECK(a.ownership == b.ownership);
  CHECK(a.win == b.win);
  CHECK(a.score_mean == b.score_mean);
  CHECK(a.score_error == b.score_error);
}

std::vector<Position> some_positions() {
  std::vector<Position> positions;
  for (const BoardSize size : {BoardSize{9, 9}, {5, 3}, {2, 2}, {9, 9}, {13, 13}}) {
    Position position(size);
    position.play(Point::at(1, 1));
    positions.push_back(position);
  }
  return positions;
}

TEST_CASE("a batch of many sizes says what its positions get alone") {
  NetEvaluator evaluator(random_network());
  const std::vector<Position> positions = some_positions();
  std::vector<Evaluation> results(positions.size());
  std::vector<EvalRequest> requests(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    requests[i].position = &positions[i];
    requests[i].result = &results[i];
    requests[i].symmetry = Symmetry(static_cast<int>(i));
    requests[i].with_ownership = true;
  }
  evaluator.evaluate(requests);
  for (std::size_t i = 0; i < positions.size(); ++i) {
    check_equal(results[i], evaluate(evaluator, positions[i], static_cast<int>(i)));
    const auto& policy = results[i].policy;
    const float sum = std::accumulate(policy.begin(), policy.end(), 0.0F,
                                      [](float s, float p) { return s + std::max(p, 0.0F); });
    CHECK(sum == Approx(1));
    CHECK(policy[static_cast<std::size_t>(Point::at(1, 1).cell(positions[i].size()))] == -1);
  }
  evaluator.evaluate({});
}

/// Asks a network that only knows the shape: all outputs are one input plane's values.
class EchoNetwork final : public Network {
 public:
  EchoNetwork() : model_(test::random_model({.version = 8})) {}
  const Model& model() const override { return model_; }
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const auto area = static_cast<std::size_t>(inputs[i].size.area());
      const float* moves = inputs[i].spatial + 9 * area;  // the last move
      outputs[i].policy.assign(area + 1, 0);
      outputs[i].ownership.assign(moves, moves + area);
      outputs[i].value.assign(3, 0);
      outputs[i].misc.assign(4, broken ? INFINITY : 0);
    }
  }
  std::string backend_name() const override { return "echo"; }
  bool broken = false;

 private:
  Model model_;
};

TEST_CASE("outputs come back to where the inputs were, under all symmetries") {
  NetEvaluator evaluator(std::make_shared<EchoNetwork>());
  for (const BoardSize size : {BoardSize{5, 5}, BoardSize{3, 7}}) {
    Position position(size);
    position.play(Point::at(2, 1));
    for (int s = 0; s < 8; ++s) {
      const Evaluation e = evaluate(evaluator, position, s);
      for (int cell = 0; cell < size.area(); ++cell) {
        const bool last = Point::from_cell(cell, size) == Point::at(2, 1);
        CHECK((e.ownership[static_cast<std::size_t>(cell)] > 0) == last);
      }
    }
  }
}

TEST_CASE("a net whose numbers overflow is an error with its name") {
  auto network = std::make_shared<EchoNetwork>();
  network->broken = true;
  NetEvaluator evaluator(network);
  CHECK_THROWS_WITH(evaluate(evaluator, Position(BoardSize{2, 2})),
                    Catch::Contains("random-v8") && Catch::Contains("not finite"));
  network->broken = false;
  CHECK_NOTHROW(evaluate(evaluator, Position(BoardSize{2, 2})));
}

TEST_CASE("nets with other inputs are refused in one line") {
  CHECK(NetEvaluator::check(test::random_model({.version = 8})).ok());
  const Status old = NetEvaluator::check(test::random_model({.version = 5, .planes = 13}));
  REQUIRE_FALSE(old.ok());
  CHECK(old.error().message ==
        "the net random-v5 (version 5) wants 13 planes and 19 numbers, not the 22 and 19 that are "
        "made here: use a net of version 8 or later");
}

TEST_CASE("the name tells net and backend") {
  CHECK(NetEvaluator(std::make_shared<EchoNetwork>()).name() == "random-v8 on echo");
}

}  // namespace
}  // namespace ponnuki::nn
