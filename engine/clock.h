// The clock for durations; it is steady, so changes of the time of day do not matter.
#pragma once

#include <chrono>

namespace ponnuki {

using Clock = std::chrono::steady_clock;

inline double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

}  // namespace ponnuki
