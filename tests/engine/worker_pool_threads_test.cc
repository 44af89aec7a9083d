#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <thread>

#include "engine/worker_pool.h"

namespace ponnuki {

TEST_CASE("worker pool: every number once, at the same time, on a thread of its own") {
  WorkerPool pool;
  for (const std::size_t count : {4, 1, 2, 7, 0, 7}) {
    std::vector<std::thread::id> threads(count);
    std::atomic<std::size_t> arrived{0};
    pool.run(count, [&](std::size_t i) {
      threads[i] = std::this_thread::get_id();
      ++arrived;
      while (arrived < count) std::this_thread::yield();  // for ever, if one had to wait its turn
    });
    CHECK(arrived == count);
    CHECK(std::set(threads.begin(), threads.end()).size() == count);
    if (count > 0) CHECK(threads[0] == std::this_thread::get_id());
  }
}

TEST_CASE("worker pool: threads are kept, and what one call wrote the next one reads") {
  constexpr std::size_t kThreads = 3;
  WorkerPool pool;
  std::vector<std::thread::id> first(kThreads), again(kThreads);
  pool.run(kThreads, [&](std::size_t i) { first[i] = std::this_thread::get_id(); });
  std::vector<int> sums(kThreads);
  for (int round = 0; round < 1000; ++round)
    pool.run(kThreads, [&](std::size_t i) { sums[(i + 1) % kThreads] += static_cast<int>(i); });
  pool.run(kThreads, [&](std::size_t i) { again[i] = std::this_thread::get_id(); });
  CHECK(first == again);
  CHECK(sums == std::vector<int>{2000, 0, 1000});
}

TEST_CASE("worker pool: an exception of the caller's part waits for the others") {
  WorkerPool pool;
  std::atomic<bool> has_ended{false};
  CHECK_THROWS_AS(pool.run(2,
                           [&](std::size_t i) {
                             if (i == 0) throw std::runtime_error("work");
                             std::this_thread::sleep_for(std::chrono::milliseconds(20));
                             has_ended = true;
                           }),
                  std::runtime_error);
  CHECK(has_ended);
  int calls = 0;
  pool.run(1, [&](std::size_t) { ++calls; });
  CHECK(calls == 1);
}

}  // namespace ponnuki
