// Locks that clang's -Wthread-safety checks: what a mutex guards is written at the member, and
// touching it without the lock is a warning. With other compilers the annotations are nothing.
//
//     Mutex mutex_;
//     int count_ PONNUKI_GUARDED_BY(mutex_) = 0;
//     void add() { const MutexLock lock(mutex_); ++count_; }
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define PONNUKI_THREAD_ANNOTATION(x) __attribute__((x))
#else
#define PONNUKI_THREAD_ANNOTATION(x)
#endif
/// Of a member: only to be touched with that mutex held.
#define PONNUKI_GUARDED_BY(mutex) PONNUKI_THREAD_ANNOTATION(guarded_by(mutex))
/// Of a function: to be called with that mutex held.
#define PONNUKI_REQUIRES(...) PONNUKI_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
/// Of a function: takes that mutex, so not to be called with it held.
#define PONNUKI_EXCLUDES(...) PONNUKI_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))

namespace ponnuki {

class PONNUKI_THREAD_ANNOTATION(capability("mutex")) Mutex {
 public:
  void lock() PONNUKI_THREAD_ANNOTATION(acquire_capability()) { mutex_.lock(); }
  void unlock() PONNUKI_THREAD_ANNOTATION(release_capability()) { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

/// Holds a mutex for its own lifetime.
class PONNUKI_THREAD_ANNOTATION(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) PONNUKI_THREAD_ANNOTATION(acquire_capability(mutex))
      : lock_(mutex.mutex_) {}
  ~MutexLock() PONNUKI_THREAD_ANNOTATION(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  friend class Condition;
  std::unique_lock<std::mutex> lock_;
};

/// A condition variable. Waits may end for no reason: test what you wait for in a loop.
class Condition {
 public:
  void wait(MutexLock& lock) { condition_.wait(lock.lock_); }
  /// False once `deadline` has passed.
  bool wait_until(MutexLock& lock, std::chrono::steady_clock::time_point deadline) {
    return condition_.wait_until(lock.lock_, deadline) == std::cv_status::no_timeout;
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace ponnuki
