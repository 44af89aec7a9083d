// Output: where a session writes its responses. Also the log of servers on stderr.
#pragma once

#include <functional>
#include <string_view>

#include "engine/pause.h"

namespace ponnuki::server {

/// Each call of write() reaches the client as one piece, in one system call: clients read until a
/// blank line, and some of them read only once.
class Output {
 public:
  virtual ~Output() = default;
  virtual void write(std::string_view text) = 0;
  /// Paused while the client does not take what write() has for it. Null: this is not known.
  virtual const Pause* pause() const { return nullptr; }
};

/// Logs a whole line, given without its newline, to stderr. The log never goes to the protocol's
/// stream.
using Log = std::function<void(std::string_view line)>;

/// Logs, if there is a log. Without memory for it nothing is logged.
void log_if_possible(const Log& log, std::string_view line) noexcept;

/// Writes each line with one system call, so that lines of several threads do not mix. Thread-safe.
void log_to_stderr(std::string_view line);

inline constexpr int kExitBadInput = 2;
/// Logs a failure that ends the program, with the prefix that clients look for: "Uncaught
/// exception:". Returns the exit code, kExitBadInput.
int report_failure(std::string_view problem);

}  // namespace ponnuki::server
