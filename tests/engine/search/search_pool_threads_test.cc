// Many searches at once.
#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <limits>
#include <mutex>
#include <new>

#include "engine/search/search_pool.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::search {
namespace {

SearchJob job_of(std::int64_t visits, std::function<void(const SearchJob::News&)> tell) {
  SearchJob job;
  job.size = {5, 5};
  job.prepare = [visits] {
    SearchSetup setup;
    setup.position = Position({5, 5});
    setup.limits.visits = visits;
    return setup;
  };
  job.tell = std::move(tell);
  return job;
}

}  // namespace

TEST_CASE(
    "Search pool: every job tells its last news once, whether it was searched or ended before") {
  test::UniformEvaluator evaluator;
  std::mutex mutex;
  std::vector<int> told(40, 0), searched(40, 0);
  SearchPool pool(evaluator, 2);
  std::vector<SearchPool::Id> ids;
  for (std::size_t i = 0; i < told.size(); ++i) {
    ids.push_back(pool.add(job_of(300, [&, i](const SearchJob::News& news) {
      const std::lock_guard lock(mutex);
      told[i] += !news.during_search;
      searched[i] += news.analysis != nullptr && news.analysis->root.visits > 0;
    })));
  }
  pool.end({ids.begin() + 30, ids.end()});
  pool.end({ids.back(), 12345});  // over, or never there
  pool.finish();
  for (std::size_t i = 0; i < told.size(); ++i) {
    CHECK(told[i] == 1);
    if (i < 30) CHECK(searched[i] == 1);
  }
}

TEST_CASE(
    "Search pool: the first news comes when it was asked for, though nobody else is waiting") {
  test::UniformEvaluator evaluator;
  SearchPool pool(evaluator, 1);
  std::atomic<int> during{0};
  std::promise<void> first;
  SearchJob job =
      job_of(std::numeric_limits<std::int64_t>::max(), [&](const SearchJob::News& news) {
        if (news.during_search && during++ == 0) first.set_value();
      });
  job.first_report_after = 0.01;  // and none after it
  const auto id = pool.add(std::move(job));
  first.get_future().wait();
  pool.end({id});
  pool.finish();
  CHECK(during == 1);
}

namespace {

/// Paused as a test wants it.
class Switch : public Pause {
 public:
  bool is_paused() const override { return on; }
  std::atomic<bool> on{false};
};

/// Fails from its hundredth call on.
class Failing final : public Evaluator {
 public:
  void evaluate(std::span<const EvalRequest> requests) override {
    if (++calls > 100) throw std::bad_alloc();
    inner_.evaluate(requests);
  }
  std::string name() const override { return "failing"; }
  std::atomic<int> calls{0};

 private:
  test::UniformEvaluator inner_;
};

}  // namespace

TEST_CASE("Search pools that share their helpers answer everything, while some of them rest") {
  test::UniformEvaluator evaluator;
  HelperPool helpers(2);
  Switch rest;
  std::atomic<int> told{0}, told_resting{0};
  SearchPool one(evaluator, 3, {&helpers, nullptr}), two(evaluator, 3, {&helpers, nullptr});
  SearchPool resting(evaluator, 3, {&helpers, &rest});
  const auto count = [](std::atomic<int>& counter) {
    return [&counter](const SearchJob::News& news) {
      counter += news.analysis != nullptr && news.analysis->root.visits == 200;
    };
  };
  rest.on = true;
  resting.add(job_of(200, count(told_resting)));
  for (int i = 0; i < 30; ++i) {
    one.add(job_of(200, count(told)));
    two.add(job_of(200, count(told)));
  }
  one.finish();
  two.finish();
  CHECK(told == 60);
  CHECK(told_resting == 0);
  rest.on = false;
  for (int i = 0; i < 10; ++i) resting.add(job_of(200, count(told_resting)));
  resting.finish();
  CHECK(told_resting == 11);
}

TEST_CASE("Search pool: jobs that run out of memory end without results, and the pool goes on") {
  Failing evaluator;
  HelperPool helpers(1);
  for (HelperPool* const shared : {static_cast<HelperPool*>(nullptr), &helpers}) {
    evaluator.calls = 0;
    std::atomic<int> told{0}, without{0};
    SearchPool pool(evaluator, 2, {shared, nullptr});
    for (int i = 0; i < 20; ++i)
      pool.add(job_of(50, [&](const SearchJob::News& news) {
        ++told;
        without += news.analysis == nullptr;
      }));
    pool.finish();
    CHECK(told == 20);
    CHECK(without > 0);
  }
}

TEST_CASE(
    "Search: what the evaluator throws ends the run on all threads, and the next run is new") {
  Failing evaluator;
  HelperPool helpers(2);
  SearchParams params;
  params.threads = 3;
  Search search(evaluator, params);
  search.set_position(Position({5, 5}));
  for (HelperPool* const shared : {static_cast<HelperPool*>(nullptr), &helpers}) {
    evaluator.calls = 0;
    SearchLimits limits;
    limits.helpers = shared;
    CHECK_THROWS_AS(search.run(limits), std::bad_alloc);
    evaluator.calls = 0;
    limits.visits = 20;
    CHECK(search.run(limits).root_visits == 20);
  }
}

TEST_CASE("Search pool: the same position gives the same result, alone or among others") {
  test::UniformEvaluator evaluator;
  std::mutex mutex;
  std::vector<double> utilities;
  SearchPool pool(evaluator, 1);
  for (int i = 0; i < 5; ++i)
    pool.add(job_of(200, [&](const SearchJob::News& news) {
      const std::lock_guard lock(mutex);
      utilities.push_back(news.analysis->root.utility);
    }));
  pool.finish();
  REQUIRE(utilities.size() == 5);
  for (const double utility : utilities) CHECK(utility == utilities.front());
}

}  // namespace ponnuki::search
