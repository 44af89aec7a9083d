// Locks that clang's -Wthread-safety checks. The annotation at a member names the lock that guards
// it; access without that lock is a warning. Other compilers ignore the annotations.
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
/// Marks a class as a lock that warnings call `name`.
#define PONNUKI_CAPABILITY(name) PONNUKI_THREAD_ANNOTATION(capability(name))
/// Marks a class whose objects hold a lock during their lifetime.
#define PONNUKI_SCOPED_CAPABILITY PONNUKI_THREAD_ANNOTATION(scoped_lockable)
/// Marks a member: access requires that mutex.
#define PONNUKI_GUARDED_BY(mutex) PONNUKI_THREAD_ANNOTATION(guarded_by(mutex))
/// Marks a function that must be called with that mutex held.
#define PONNUKI_REQUIRES(...) PONNUKI_THREAD_ANNOTATION(requires_capability(__VA_ARGS__))
/// Marks a function that locks that mutex and must be called without it.
#define PONNUKI_EXCLUDES(...) PONNUKI_THREAD_ANNOTATION(locks_excluded(__VA_ARGS__))
/// Marks a function that acquires the lock. Without an argument: the object's own lock.
#define PONNUKI_ACQUIRE(...) PONNUKI_THREAD_ANNOTATION(acquire_capability(__VA_ARGS__))
/// Marks a function that releases the lock. Without an argument: the object's own lock.
#define PONNUKI_RELEASE(...) PONNUKI_THREAD_ANNOTATION(release_capability(__VA_ARGS__))
/// Marks a function after which the analysis assumes that the lock is held. For data that no other
/// thread can access.
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

/// Holds a mutex during its own lifetime.
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

/// A condition variable. Spurious wake-ups are possible: test the condition in a loop.
class Condition {
 public:
  void wait(MutexLock& lock) { condition_.wait(lock.lock_); }
  /// Returns false once `deadline` has passed.
  bool wait_until(MutexLock& lock, std::chrono::steady_clock::time_point deadline) {
    return condition_.wait_until(lock.lock_, deadline) == std::cv_status::no_timeout;
  }
  void notify_one() { condition_.notify_one(); }
  void notify_all() { condition_.notify_all(); }

 private:
  std::condition_variable condition_;
};

}  // namespace ponnuki
