#include <cmath>

#include "cli/bench.h"
#include "engine/search.h"

namespace ponnuki {
namespace {

/// Answers at once: a uniform policy, and a value drawn from the position's hash.
class InstantEvaluator : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    for (const EvalRequest& request : requests) evaluate(*request.position, *request.result);
  }
  std::string name() const override { return "instant"; }

 private:
  static void evaluate(const Position& position, Evaluation& result) {
    const int area = position.size().area();
    result.policy.assign(static_cast<std::size_t>(area) + 1, -1.0F);
    int legal = 1;
    for (int cell = 0; cell < area; ++cell) {
      if (!position.is_legal(Point::from_cell(cell, position.size()))) continue;
      result.policy[static_cast<std::size_t>(cell)] = 1;
      ++legal;
    }
    result.policy.back() = 1;
    for (float& prior : result.policy) {
      if (prior > 0) prior = 1.0F / static_cast<float>(legal);
    }
    result.win = 0.25F + 0.5F * static_cast<float>(position.board().hash() >> 40) * 0x1.0p-24F;
    result.loss = 1 - result.win;
    result.ownership.clear();
  }
};

void bench_instant(const BenchOptions& options, BoardSize size, int threads,
                   const BenchSink& sink) {
  InstantEvaluator evaluator;
  SearchParams params;
  params.threads = threads;
  Search search(evaluator, params);
  search.set_position(Position(size));
  const Rate rate = measure(options, [&] {
    search.clear();
    return search.run({.visits = 100000}).playouts;
  });
  sink({"search " + size_text(size) + ", instant evaluator", "visits/s", threads, rate, {}});
}

}  // namespace

void bench_search(const BenchOptions& options, const BenchSink& sink) {
  for (const BoardSize size : {BoardSize{9, 9}, BoardSize{19, 19}}) {
    for (const int threads : {1, 2}) {
      if (threads <= options.threads) bench_instant(options, size, threads, sink);
    }
  }
}

}  // namespace ponnuki
