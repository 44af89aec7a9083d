// ProgressBar: one line on the terminal that shows the progress of long work. Elsewhere (a pipe, a
// file), a line a minute.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "engine/clock.h"

namespace ponnuki::cli {

class ProgressBar {
 public:
  ProgressBar(std::ostream& out, bool on_terminal,
              Clock::duration line_interval = std::chrono::minutes(1))
      : out_(out),
        on_terminal_(on_terminal),
        interval_(on_terminal ? std::chrono::milliseconds(100) : line_interval),
        next_(on_terminal ? begin_ : begin_ + interval_) {}
  ~ProgressBar() { clear(); }

  /// Updates the line, at most ten times a second, or prints the next one. `what` is a text such as
  /// "2/10 games". The remaining time is estimated from `worked`, the part of `done` that took time.
  void show(std::int64_t done, std::int64_t total, std::int64_t worked, const std::string& what);
  /// Removes the line, so that other text can be printed.
  void clear();

 private:
  std::ostream& out_;
  bool on_terminal_;
  bool shown_ = false;
  Clock::duration interval_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_;
};

/// "3/10".
std::string out_of(std::int64_t part, std::int64_t whole);

/// "39 s", "12 min", "3 h 20 min".
std::string duration_text(double seconds);

}  // namespace ponnuki::cli
