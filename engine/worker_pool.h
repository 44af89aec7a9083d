// WorkerPool: threads that are kept and run one piece of work after another.
//
//     pool.run(4, [&](std::size_t i) { ... });    // i = 0, 1, 2, 3, at the same time
//
// What number i works on is up to the caller; sums that are kept by number come out the same to the
// bit, however the threads are scheduled.
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
  /// Waits for its threads to end.
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Calls work(0) to work(count - 1) at the same time, each on a thread of its own: work(0) on the
  /// calling one. Returns when all have returned. Missing threads are started first. An exception
  /// of work(0) is passed on once the others have returned; any other one ends the program, as it
  /// would in a std::thread. One call at a time, and none from inside `work`.
  void run(std::size_t count, const Work& work);

 private:
  void serve(std::size_t number, std::uint64_t last_round);
  void start(std::size_t count, const Work& work) PONNUKI_EXCLUDES(mutex_);
  void wait() PONNUKI_EXCLUDES(mutex_);

  std::vector<std::thread> threads_;  // threads_[i] runs work(i + 1)
  Mutex mutex_;
  Condition started_, ended_;
  const Work* work_ PONNUKI_GUARDED_BY(mutex_) = nullptr;
  std::size_t count_ PONNUKI_GUARDED_BY(mutex_) = 0;    // of the present round
  std::uint64_t round_ PONNUKI_GUARDED_BY(mutex_) = 0;  // calls of run() so far
  std::size_t running_ PONNUKI_GUARDED_BY(mutex_) = 0;  // threads that have not returned yet
  bool is_closing_ PONNUKI_GUARDED_BY(mutex_) = false;
};

}  // namespace ponnuki
