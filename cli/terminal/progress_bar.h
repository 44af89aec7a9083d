// ProgressBar: one line on the terminal that shows the progress of long work.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "engine/clock.h"

namespace ponnuki::cli {

class ProgressBar {
 public:
  /// Writes to `out` if that is a terminal, else nothing.
  ProgressBar(std::ostream& out, bool on_terminal) : out_(out), on_terminal_(on_terminal) {}
  ~ProgressBar() { clear(); }

  /// Updates the line, at most ten times a second. `what` is a text such as "2/10 games". The
  /// remaining time is estimated from `worked`, the part of `done` that took time.
  void show(std::int64_t done, std::int64_t total, std::int64_t worked, const std::string& what);
  /// Removes the line, so that other text can be printed.
  void clear();

 private:
  std::ostream& out_;
  bool on_terminal_;
  bool shown_ = false;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point next_ = begin_;
};

/// "3/10".
std::string out_of(std::int64_t part, std::int64_t whole);

/// "39 s", "12 min", "3 h 20 min".
std::string duration_text(double seconds);

}  // namespace ponnuki::cli
