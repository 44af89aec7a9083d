// Helpers come to whatever work is open, in equal numbers, and are gone when it ends.
#include <atomic>
#include <catch2/catch.hpp>

#include "engine/helper_pool.h"

namespace ponnuki {
namespace {

/// Counts its helpers; has something to do while `busy`.
class CountedWork : public HelperPool::Work {
 public:
  bool help(Clock::time_point) override {
    ++turns;
    const int now = ++helping;
    int most = most_at_once;
    while (now > most && !most_at_once.compare_exchange_weak(most, now)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    --helping;
    return busy;
  }
  void wait_for_turns(int count) const {
    while (turns < count) std::this_thread::yield();
  }

  std::atomic<bool> busy{true};
  std::atomic<int> turns{0}, helping{0}, most_at_once{0};
};

}  // namespace

TEST_CASE("Helpers: all work gets turns, and there are never more helpers than the pool has") {
  HelperPool pool(3);
  REQUIRE(pool.size() == 3);
  CountedWork one, two, idle;
  idle.busy = false;
  {
    const HelperPool::Call first(pool, one), second(pool, two), third(pool, idle);
    one.wait_for_turns(20);
    two.wait_for_turns(20);
    idle.wait_for_turns(2);  // it is asked again, though it had nothing to do
  }
  CHECK(one.most_at_once + two.most_at_once <= 6);
  CHECK(one.most_at_once <= 3);
  // A call that has ended has no helper left, and gets none.
  CHECK(one.helping == 0);
  const int turns = one.turns;
  CountedWork later;
  const HelperPool::Call call(pool, later);
  later.wait_for_turns(10);
  CHECK(one.turns == turns);
}

TEST_CASE("Helpers: a pool without threads helps nobody, and nobody waits for it") {
  HelperPool pool(0);
  CountedWork work;
  { const HelperPool::Call call(pool, work); }
  CHECK(work.turns == 0);
}

}  // namespace ponnuki
