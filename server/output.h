// Output: where the responses of a session go, and what servers tell people on stderr.
#pragma once

#include <functional>
#include <string_view>

namespace ponnuki::server {

/// Each call to write() reaches the client as one piece, in one system call: clients read until a
/// blank line, and some of them read only once.
class Output {
 public:
  virtual ~Output() = default;
  virtual void write(std::string_view text) = 0;
};

/// For people: a whole line without its newline, to stderr. Never on the protocol's stream.
using Log = std::function<void(std::string_view line)>;

/// One system call a line, so that lines of several threads do not mix. From any thread.
void log_to_stderr(std::string_view line);

inline constexpr int kExitBadInput = 2;
/// Logs a failure that ends the program in the words that clients look for, "Uncaught exception:".
/// Returns the exit code, kExitBadInput.
int report_failure(std::string_view problem);

}  // namespace ponnuki::server
