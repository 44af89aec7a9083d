// RunState: the limits and counters of one run of a search, shared by its threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <exception>
#include <stop_token>

#include "engine/clock.h"
#include "engine/search/limits.h"

namespace ponnuki::search {

struct RunState {
  SearchLimits limits;
  std::stop_token stop;
  std::uint64_t number =
      0;  // of the run; the runs of one search have different numbers and random streams
  Clock::time_point start = Clock::now();
  std::int64_t earlier_visits = 0;  // of the root, before this run
  // Set for any reason other than the limits on visits and playouts.
  std::atomic<bool> stopped{false};
  // Memory ran out, or the evaluator failed. The tree may be damaged.
  std::atomic<bool> failed{false};
  std::exception_ptr error;  // the first; for the thread that waits for all others
  /// Playouts begun, minus those that turned out not to count. All threads write it at every
  /// playout, so it has its own cache line.
  alignas(64) std::atomic<std::int64_t> playouts{0};

  double seconds() const { return seconds_since(start); }
  /// Ends the run, within a catch.
  void fail() {
    if (!failed.exchange(true)) error = std::current_exception();
    stopped = true;
  }
  bool is_paused() const { return limits.pause != nullptr && limits.pause->is_paused(); }
  /// The visits that the limits on visits and playouts still allow after `done` playouts. May be
  /// negative.
  double visits_left(std::int64_t done) const {
    return std::min(
        static_cast<double>(limits.playouts) - static_cast<double>(done),
        static_cast<double>(limits.visits) - static_cast<double>(earlier_visits + done));
  }
};

}  // namespace ponnuki::search
