// Two evaluators, one for small and one for large boards.
#include "nn/evaluators/board_evaluator.h"

#include <catch2/catch.hpp>

using namespace ponnuki;

namespace {

/// Answers with its own number as the lead, and notes the sizes that it was asked about.
class Numbered final : public Evaluator {
 public:
  Numbered(int number, std::vector<int>& asked) : number_(number), asked_(asked) {}
  void evaluate(std::span<const EvalRequest> requests) override {
    asked_.push_back(static_cast<int>(requests.size()));
    for (const EvalRequest& request : requests)
      request.result->lead = static_cast<float>(100 * number_ + request.position->size().width);
  }
  std::string name() const override { return "net " + std::to_string(number_); }
  EvaluatorTraits traits(BoardSize) const override { return {.preferred_batch = number_}; }

 private:
  int number_;
  std::vector<int>& asked_;
};

}  // namespace

TEST_CASE("Each board goes to its evaluator, in one call, and each answer to its request") {
  std::vector<int> small, large;
  nn::BoardEvaluator evaluator(std::make_unique<Numbered>(1, small),
                               std::make_unique<Numbered>(2, large),
                               [](BoardSize size) { return size.width > 13; });
  std::vector<Position> positions;
  for (const int side : {19, 9, 13, 14, 5}) positions.emplace_back(BoardSize{side, side});
  std::vector<Evaluation> results(positions.size());
  std::vector<EvalRequest> requests;
  for (std::size_t i = 0; i < positions.size(); ++i)
    requests.push_back({.position = &positions[i], .result = &results[i]});
  evaluator.evaluate(requests);
  std::vector<float> leads;
  for (const Evaluation& result : results) leads.push_back(result.lead);
  CHECK(leads == std::vector<float>{219, 109, 113, 214, 105});
  CHECK(small == std::vector{3});
  CHECK(large == std::vector{2});
  CHECK(evaluator.traits({9, 9}).preferred_batch == 1);
  CHECK(evaluator.traits({19, 19}).preferred_batch == 2);
  CHECK(evaluator.name() == "net 1; on large boards net 2");
}

TEST_CASE("Requests for boards of one kind leave the other evaluator alone") {
  std::vector<int> small, large;
  nn::BoardEvaluator evaluator(std::make_unique<Numbered>(1, small),
                               std::make_unique<Numbered>(2, large),
                               [](BoardSize size) { return size.width > 13; });
  evaluate_one(evaluator, Position({9, 9}));
  CHECK(small.size() == 1);
  CHECK(large.empty());
}
