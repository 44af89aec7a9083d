#include "selfplay/run/work_clock.h"

#include <algorithm>

namespace ponnuki::selfplay {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks(250);
// What a gap between two looks counts at most. A busy machine may delay the watcher a bit.
constexpr double kLongestGap = 2;  // seconds

}  // namespace

WorkClock::WorkClock()
    : looked_(Clock::now()), watcher_([this](const std::stop_token& stop) { look_often(stop); }) {}

double WorkClock::seconds() {
  const MutexLock lock(mutex_);
  return look();
}

void WorkClock::look_often(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] {
    const MutexLock lock(mutex_);
    wake_.notify_all();
  });
  MutexLock lock(mutex_);
  while (!stop.stop_requested()) {
    look();
    wake_.wait_until(lock, Clock::now() + kBetweenLooks);
  }
}

double WorkClock::look() {
  const Clock::time_point now = Clock::now();
  seconds_ += std::min(std::chrono::duration<double>(now - looked_).count(), kLongestGap);
  looked_ = now;
  return seconds_;
}

}  // namespace ponnuki::selfplay
