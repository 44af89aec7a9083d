// Locks that clang's -Wthread-safety checks: the annotation at a member names the lock that guards
// it, and access without that lock is a warning. Other compilers ignore the annotations.
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
/// Of a class: a lock, called `name` in warnings.
#define PONNUKI_CAPABILITY(name) PONNUKI_THREAD_ANNOTATION(capability(name))
/// Of a class: its objects hold a lock while they live.
#define PONNUKI_SCOPED_CAPABILITY PONNUKI_THREAD_ANNOTATION(scoped_lockable)
/// Of a member: only to be touched with that mutex held.
#define PONNUKI_GUARDED_BY(mutex) PONNUKI_THREAD_ANNOTATION(guarded_by(mutex))
/// Of a function: to be called with that mutex held.
#define PONNUKI_REQUIRES(...) PONNUKI_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
/// Of a function: takes that mutex, so not to be called with it held.
#define PONNUKI_EXCLUDES(...) PONNUKI_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
/// Of a function of a lock or of its guard: takes it. Without argument: the object's own.
#define PONNUKI_ACQUIRE(...) PONNUKI_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
/// Of a function of a lock or of its guard: gives it back.
#define PONNUKI_RELEASE(...) PONNUKI_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
/// Of a function: after it the analysis takes the lock as held. For data no other thread can reach.
#define PONNUKI_ASSUME_HELD(...) PONNUKI_THREAD_ANNOTATION(assert_capability(__VA_ARGS__))

namespace ponnuki {

class PONNUKI_CAPABILITY("mutex") Mutex {
 public:
  void lock() PONNUKI_ACQUIRE() { mutex_.lock(); }
  void unlock() PONNUKI_RELEASE() { mutex_.unlock(); }

 private:
  friend class MutexLock;
  std::mutex mutex_;
};

/// Holds a mutex for its own lifetime.
class PONNUKI_SCOPED_CAPABILITY MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) PONNUKI_ACQUIRE(mutex) : lock_(mutex.mutex_) {}
  ~MutexLock() PONNUKI_RELEASE() = default;
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
