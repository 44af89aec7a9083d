// Several threads share one NetEvaluator.
#include <catch2/catch.hpp>
#include <thread>

#include "nn/evaluators/net_evaluator.h"
#include "nn/reference/reference_network.h"
#include "tests/support/random_model.h"

namespace ponnuki::nn {
namespace {

TEST_CASE("threads get what one thread gets") {
  NetEvaluator evaluator(std::make_shared<ReferenceNetwork>(
      std::make_shared<const Model>(test::random_model({.version = 11, .blocks = "o"}))));
  constexpr int kPositions = 6;
  std::vector<Position> positions;
  for (int i = 0; i < kPositions; ++i) {
    positions.emplace_back(BoardSize{static_cast<std::uint8_t>(4 + i), 5});
    positions.back().play(Point::at(i % 4, 2));
  }
  const auto evaluate_all = [&](std::vector<Evaluation>& results) {
    results.resize(kPositions);
    for (std::size_t i = 0; i < kPositions; ++i) {
      results[i] = evaluate_one(evaluator, positions[i]);
    }
  };
  std::vector<Evaluation> alone;
  evaluate_all(alone);
  std::vector<std::vector<Evaluation>> together(4);
  {
    std::vector<std::jthread> threads;
    for (auto& results : together)
      threads.emplace_back([&] {
        for (int round = 0; round < 3; ++round) evaluate_all(results);
      });
  }
  for (const auto& results : together) {
    for (std::size_t i = 0; i < kPositions; ++i) CHECK(results[i].policy == alone[i].policy);
  }
}

}  // namespace
}  // namespace ponnuki::nn
