// SpinLock: a lock of one byte, for sections of at most some microseconds. A thread that has to
// wait does not sleep; where the holder may have lost its processor, it lets others run.
#pragma once

#include <atomic>
#include <cstdint>
#include <thread>

namespace ponnuki::search {

class SpinLock {
 public:
  void lock() {
    while (locked_.exchange(1, std::memory_order_acquire) != 0) wait();
  }
  void unlock() { locked_.store(0, std::memory_order_release); }

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

}  // namespace ponnuki::search
