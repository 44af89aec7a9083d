// HelperPool: a fixed number of threads that help whatever work is open at the moment, in turns.
//
//     HelperPool pool(7);                           // one for all clients of a server
//     {
//       const HelperPool::Call call(pool, work);    // helpers come while this lives
//       … do the work, with the helpers …
//     }
//
// However many clients search, there are no more helpers. They come to all open work in equal
// numbers: a helper works for a short time, then goes where the fewest are.
#pragma once

#include <list>
#include <thread>
#include <vector>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "engine/result.h"

namespace ponnuki {

class HelperPool {
 public:
  class Work {
   public:
    virtual ~Work() = default;
    /// Helps until about `until`. Returns false if there was nothing to do at the moment. Called by
    /// several helpers at the same time. May throw std::bad_alloc only, which counts as false.
    virtual bool help(Clock::time_point until) = 0;
  };

  /// Starts `helpers` threads, or as many as the system gives.
  explicit HelperPool(int helpers);
  /// Requires that no work is open.
  ~HelperPool();
  HelperPool(const HelperPool&) = delete;
  HelperPool& operator=(const HelperPool&) = delete;

  int size() const { return static_cast<int>(threads_.size()); }

 private:
  struct Open {
    Work* work;
    int helpers = 0;                  // that help it now
    Clock::time_point served{};       // when a helper came last
    Clock::time_point rests_until{};  // it had nothing to do
  };
  using OpenWork = std::list<Open>;

 public:
  /// While it lives, helpers come to `work`. The end waits for those that are there.
  class Call {
   public:
    Call(HelperPool& pool, Work& work);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

   private:
    HelperPool& pool_;
    OpenWork::iterator open_;
  };

 private:
  void serve();
  Open* choose() PONNUKI_REQUIRES(mutex_);
  void wait_for_work(MutexLock& lock) PONNUKI_REQUIRES(mutex_);

  Mutex mutex_;
  Condition changed_;
  OpenWork open_ PONNUKI_GUARDED_BY(mutex_);
  bool closing_ PONNUKI_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

}  // namespace ponnuki
