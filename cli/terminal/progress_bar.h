// One line on the terminal that says how far a long piece of work has come.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>

#include "engine/clock.h"

namespace ponnuki::cli {

class ProgressBar {
 public:
  /// Writes to `out`; nothing at all where that is no terminal.
  ProgressBar(std::ostream& out, bool on_terminal) : out_(out), on_terminal_(on_terminal) {}
  ~ProgressBar() { clear(); }

  /// Seldom more than ten times a second. `what`: "2/10 games". The time left is reckoned from
  /// `worked`, the part of `done` that took time.
  void show(std::int64_t done, std::int64_t total, std::int64_t worked, const std::string& what);
  /// Takes the line away, so that something else can be printed.
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
