// WorkClock: measures how long a process works. Time in which it does not run does not count: it is
// suspended (SIGSTOP, Ctrl-Z), or the machine sleeps.
#pragma once

#include <stop_token>
#include <thread>

#include "engine/clock.h"
#include "engine/mutex.h"

namespace ponnuki::selfplay {

class WorkClock {
 public:
  WorkClock();
  /// Seconds of work since the construction. Thread-safe.
  double seconds() PONNUKI_EXCLUDES(mutex_);

 private:
  void look_often(const std::stop_token& stop) PONNUKI_EXCLUDES(mutex_);
  double look() PONNUKI_REQUIRES(mutex_);

  Mutex mutex_;
  Condition wake_;
  Clock::time_point looked_ PONNUKI_GUARDED_BY(mutex_);
  double seconds_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::jthread watcher_;  // looks at the time so often that a longer gap is no work
};

}  // namespace ponnuki::selfplay
