// WorkerPool: a set of threads that is kept to run one piece of work after another.
//
//     pool.run(4, [&](std::size_t i) { ... });    // i = 0, 1, 2, 3, at the same time
//
// The caller decides what number i works on. Sums that are kept by number are identical to the bit,
// however the threads are scheduled.
#pragma once

#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "engine/mutex.h"

namespace ponnuki {

class WorkerPool {
 public:
  using Work = std::function<void(std::size_t i)>;

  WorkerPool() = default;
  /// Waits for the threads to end.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Calls work(0) to work(count - 1) at the same time, each on its own thread; work(0) runs on the
  /// calling thread. Returns when all have returned. Missing threads are started first. An
  /// exception of work(0) is rethrown after the others have returned; any other exception
  /// terminates the program, as in a std::thread. Only one call at a time, and none from inside
  /// `work`.
  void run(std::size_t count, const Work& work);

 private:
  void serve(std::size_t number, std::uint64_t last_round);
  void start(std::size_t count, const Work& work) PONNUKI_EXCLUDES(mutex_);
  void wait() PONNUKI_EXCLUDES(mutex_);

  std::vector<std::thread> threads_;  // threads_[i] runs work(i + 1)
  Mutex mutex_;
  Condition started_, ended_;
  const Work* work_ PONNUKI_GUARDED_BY(mutex_) = nullptr;
  std::size_t count_ PONNUKI_GUARDED_BY(mutex_) = 0;    // of the current round
  std::uint64_t round_ PONNUKI_GUARDED_BY(mutex_) = 0;  // number of calls of run()
  std::size_t running_ PONNUKI_GUARDED_BY(mutex_) = 0;  // threads that have not returned yet
  bool is_closing_ PONNUKI_GUARDED_BY(mutex_) = false;
};

}  // namespace ponnuki
