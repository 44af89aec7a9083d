// SpinLock: a lock of one byte, for critical sections of a few microseconds at most. A waiting
// thread spins and does not sleep. After 200 spins it yields, since the holder may have lost its
// processor. Checked by clang like a Mutex (engine/mutex.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

#include "engine/mutex.h"

namespace ponnuki::search {

class PONNUKI_CAPABILITY("spin lock") SpinLock {
 public:
  void lock() PONNUKI_ACQUIRE() {
    while (locked_.exchange(1, std::memory_order_acquire) != 0) wait();
  }
  void unlock() PONNUKI_RELEASE() { locked_.store(0, std::memory_order_release); }

 private:
  void wait() const {
    constexpr int kSpins = 200;
    for (int i = 0; locked_.load(std::memory_order_relaxed) != 0; ++i)
      i < kSpins ? pause() : std::this_thread::yield();
  }
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }
  std::atomic<std::uint8_t> locked_{0};
};

/// Holds a SpinLock during its own lifetime, except between unlock() and lock().
class PONNUKI_SCOPED_CAPABILITY SpinLockGuard {
 public:
  explicit SpinLockGuard(SpinLock& lock) PONNUKI_ACQUIRE(lock) : lock_(lock) { lock_.lock(); }
  ~SpinLockGuard() PONNUKI_RELEASE() {
    if (held_) lock_.unlock();
  }
  SpinLockGuard(const SpinLockGuard&) = delete;
  SpinLockGuard& operator=(const SpinLockGuard&) = delete;

  void unlock() PONNUKI_RELEASE() {
    lock_.unlock();
    held_ = false;
  }
  void lock() PONNUKI_ACQUIRE() {
    lock_.lock();
    held_ = true;
  }

 private:
  SpinLock& lock_;
  bool held_ = true;
};

}  // namespace ponnuki::search
