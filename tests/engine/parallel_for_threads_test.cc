// parallel_for on one and on several threads.
#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "engine/mutex.h"
#include "engine/parallel_for.h"

namespace ponnuki {
namespace {

TEST_CASE("parallel_for: every piece is done once, whatever the number of threads") {
  for (const int threads : {0, 1, 2, 7}) {
    for (const std::size_t count : {0, 1, 3, 1000}) {
      CAPTURE(threads, count);
      std::vector<std::atomic<int>> done(count);
      parallel_for(count, threads, [&](std::size_t i) { ++done[i]; });
      CHECK(std::all_of(done.begin(), done.end(), [](const auto& times) { return times == 1; }));
    }
  }
}

TEST_CASE("parallel_for: pieces run at the same time") {
  std::atomic<int> here{0};
  parallel_for(3, 3, [&](std::size_t) {
    ++here;
    while (here < 3) std::this_thread::yield();
  });
  CHECK(here == 3);
}

TEST_CASE("parallel_for: one thread goes through them in order") {
  std::vector<std::size_t> order;
  parallel_for(4, 1, [&](std::size_t i) { order.push_back(i); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("parallel_for: an exception comes to the caller, and few pieces follow it") {
  for (const int threads : {1, 3}) {
    std::atomic<int> done{0};
    CHECK_THROWS_WITH(parallel_for(1000, threads,
                                   [&](std::size_t i) {
                                     if (i == 5) throw std::runtime_error("piece 5");
                                     ++done;
                                     std::this_thread::yield();
                                   }),
                      "piece 5");
    CHECK(done < 1000);
  }
}

}  // namespace
}  // namespace ponnuki
