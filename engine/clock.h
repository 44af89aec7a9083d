// The clock that durations are measured by: steady, whatever happens to the time of day.
#pragma once

#include <chrono>

namespace ponnuki {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace ponnuki
