// Decorators pass on what they do not change.
#include "engine/forwarding_evaluator.h"

#include <catch2/catch.hpp>

#include "nn/evaluators/batching_evaluator.h"
#include "nn/evaluators/caching_evaluator.h"

namespace ponnuki::nn {
namespace {

/// Differs from every default.
class Odd final : public Evaluator {
 public:
  explicit Odd(int& clears) : clears_(clears) {}
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) request.result->win = 0.75F;
  }
  void clear_cache() override { ++clears_; }
  std::string name() const override { return "odd"; }
  EvaluatorTraits traits(BoardSize size) const override {
    return {.knows_score = false, .accepts = size.width == 7, .preferred_batch = size.height};
  }

 private:
  int& clears_;
};

class Plain final : public ForwardingEvaluator {
 public:
  explicit Plain(std::unique_ptr<Evaluator> target) : ForwardingEvaluator(std::move(target)) {}
};

void check_forwards_all(Evaluator& decorator, const int& clears) {
  CHECK(decorator.name() == "odd");
  const EvaluatorTraits traits = decorator.traits({7, 5});
  CHECK_FALSE(traits.knows_score);
  CHECK(traits.accepts);
  CHECK(traits.preferred_batch == 5);
  CHECK_FALSE(decorator.traits({9, 9}).accepts);
  CHECK(decorator.traits({9, 9}).preferred_batch == 9);
  decorator.clear_cache();
  CHECK(clears == 1);
  CHECK(evaluate_one(decorator, Position({7, 5})).win == Approx(0.75).margin(1e-3));
}

}  // namespace

TEST_CASE("decorators pass on all traits of the evaluator behind them") {
  int clears = 0;
  auto odd = std::make_unique<Odd>(clears);
  SECTION("one that changes nothing") {
    Plain plain(std::move(odd));
    check_forwards_all(plain, clears);
  }
  SECTION("a cache") {
    CachingEvaluator cache(std::move(odd), 1 << 20);
    check_forwards_all(cache, clears);
  }
  SECTION("batches") {
    BatchingEvaluator batches(std::move(odd), {});
    check_forwards_all(batches, clears);
  }
  SECTION("a cache before batches") {
    CachingEvaluator cache(std::make_unique<BatchingEvaluator>(std::move(odd), BatchingOptions{}),
                           1 << 20);
    check_forwards_all(cache, clears);
  }
}

}  // namespace ponnuki::nn
