// Batching and caching evaluators under many threads; run under ThreadSanitizer by the tsan preset.
#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

#include "nn/evaluators/batching_evaluator.h"
#include "nn/evaluators/caching_evaluator.h"
#include "tests/support/fake_evaluator.h"

namespace ponnuki::nn {
namespace {

/// A position of its own for each number.
Position numbered_position(int number) {
  Position position({9, 9});
  position.set_komi(static_cast<float>(number % 801) * 0.5F - 200);
  position.play(Point::at(number / 801 % 9, number / 7209 % 9));
  return position;
}

bool answered_right(Evaluator& evaluator, const Position& position, int symmetry) {
  Evaluation result, expected;
  const EvalRequest request{&position, &result, Symmetry(symmetry)};
  evaluate_one(evaluator, request);
  test::HashEvaluator::answer({&position, &expected, Symmetry(symmetry)});
  return result.win == expected.win && result.lead == expected.lead &&
         result.policy.size() == expected.policy.size();
}

/// Runs work(thread number) in each of `count` threads; the number of threads that returned true.
template <typename Work>
int in_threads(int count, const Work& work) {
  std::atomic<int> good{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < count; ++t) threads.emplace_back([&, t] { good += work(t) ? 1 : 0; });
  }
  return good;
}

TEST_CASE("every thread gets the answers to its own questions") {
  for (const int concurrent : {1, 3}) {
    for (const int linger : {0, 200}) {
      auto inner = std::make_unique<test::HashEvaluator>();
      test::HashEvaluator* fake = inner.get();
      BatchingEvaluator batching(std::move(inner),
                                 {4, concurrent, std::chrono::microseconds(linger)});
      const int good = in_threads(8, [&](int t) {
        bool ok = true;
        for (int i = 0; i < 100; ++i)
          ok &= answered_right(batching, numbered_position(t * 100 + i), i % 8);
        return ok;
      });
      CHECK(good == 8);
      const auto calls = fake->calls();
      CHECK(*std::max_element(calls.begin(), calls.end()) <= 4);
      CHECK(batching.stats().positions == 800);
      CHECK(batching.stats().calls == calls.size());
    }
  }
}

TEST_CASE("calls gather while the evaluator is busy") {
  // The first call holds the evaluator until seven others wait; they must then come as one batch of
  // 4 and one of 3.
  auto inner = std::make_unique<test::HashEvaluator>();
  test::HashEvaluator* fake = inner.get();
  std::atomic<int> asked{0};
  fake->before_answer = [&] {
    while (asked < 8) std::this_thread::yield();
    if (fake->calls().size() == 1) std::this_thread::sleep_for(std::chrono::milliseconds(300));
  };
  BatchingEvaluator batching(std::move(inner), {4, 1, {}});
  const int good = in_threads(8, [&](int t) {
    while (t > 0 && fake->calls().empty()) std::this_thread::yield();
    ++asked;
    return answered_right(batching, numbered_position(t), 0);
  });
  CHECK(good == 8);
  CHECK(fake->calls() == std::vector<std::size_t>{1, 4, 3});
}

TEST_CASE("a lingering leader goes as soon as its batch is full") {
  auto inner = std::make_unique<test::HashEvaluator>();
  test::HashEvaluator* fake = inner.get();
  BatchingEvaluator batching(std::move(inner), {4, 1, std::chrono::minutes(10)});
  CHECK(in_threads(4, [&](int t) { return answered_right(batching, numbered_position(t), 0); }) ==
        4);
  CHECK(fake->calls() == std::vector<std::size_t>{4});
}

TEST_CASE("requests that want to be alone are computed one by one, also beside a full batch") {
  auto inner = std::make_unique<test::HashEvaluator>();
  test::HashEvaluator* fake = inner.get();
  BatchingEvaluator batching(std::move(inner), {16, 1, {}});
  const Position position({9, 9});
  Evaluation results[3];
  std::vector<EvalRequest> requests;
  for (Evaluation& result : results) requests.push_back({&position, &result});
  for (EvalRequest& request : requests) request.alone = true;
  batching.evaluate(requests);
  CHECK(fake->calls() == std::vector<std::size_t>{1, 1, 1});
  CHECK(results[0].win == results[2].win);
}

TEST_CASE("a call larger than a batch stays whole, and an empty one asks nothing") {
  auto inner = std::make_unique<test::HashEvaluator>();
  test::HashEvaluator* fake = inner.get();
  BatchingEvaluator batching(std::move(inner), {4, 1, {}});
  const Position position({9, 9});
  std::vector<Evaluation> results(9);
  std::vector<EvalRequest> requests;
  for (Evaluation& result : results) requests.push_back({&position, &result});
  batching.evaluate(requests);
  batching.evaluate({});
  CHECK(fake->calls() == std::vector<std::size_t>{9});
  CHECK(results[8].policy.size() == 82);
}

TEST_CASE("an exception reaches everyone in the batch and blocks nobody after it") {
  auto inner = std::make_unique<test::HashEvaluator>();
  std::atomic<bool> failing{true};
  inner->before_answer = [&] {
    if (failing) throw std::runtime_error("out of order");
  };
  BatchingEvaluator batching(std::move(inner), {3, 1, std::chrono::minutes(10)});
  const auto fails = [&](int t) {
    try {
      answered_right(batching, numbered_position(t), 0);
    } catch (const std::runtime_error&) {
      return true;
    }
    return false;
  };
  CHECK(in_threads(3, fails) == 3);
  failing = false;
  CHECK(in_threads(3, [&](int t) { return answered_right(batching, numbered_position(t), 0); }) ==
        3);
}

TEST_CASE("threads share a cache that is full and is cleared meanwhile") {
  auto inner = std::make_unique<test::HashEvaluator>();
  CachingEvaluator cache(
      std::make_unique<BatchingEvaluator>(std::move(inner), BatchingOptions{4, 2, {}}), 40'000);
  const int good = in_threads(8, [&](int t) {
    bool ok = true;
    Random random(static_cast<std::uint64_t>(t));
    for (int i = 0; i < 300; ++i) {
      ok &= answered_right(cache, numbered_position(static_cast<int>(random.below(200))), 0);
      if (t == 0 && i % 100 == 99) cache.clear_cache();
    }
    return ok;
  });
  CHECK(good == 8);
  const auto stats = cache.stats();
  CHECK(stats.hits + stats.misses == 2400);
  CHECK(stats.hits > 0);
  CHECK(stats.bytes <= 40'000);
}

}  // namespace
}  // namespace ponnuki::nn
