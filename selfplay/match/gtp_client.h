// GtpClient: a GTP engine as a child process, connected by pipes. Every exchange has a time limit.
// If the child dies, hangs or floods, send() reports it; this process neither hangs nor gets a
// signal, and what it keeps is bounded. Not thread-safe.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace ponnuki::selfplay {

struct GtpReply {
  enum class Kind {
    kOk,       // "= text"
    kRefused,  // "? text"
    // No complete answer in time; the child has been killed.
    kTimeout,
    // The child ended or closed its output, or has been killed because it writes too much; `text`
    // describes how.
    kDied,
  };
  Kind kind = Kind::kOk;
  std::string text;    // without "=", id and blank lines
  double seconds = 0;  // wall time of the exchange
  bool ok() const { return kind == Kind::kOk; }
};

class GtpClient {
 public:
  /// Starts `command_line` in a shell, in its own process group. If the program does not exist, the
  /// first send() returns kDied.
  static Result<std::unique_ptr<GtpClient>> start(const std::string& command_line);
  GtpClient(const GtpClient&) = delete;
  GtpClient& operator=(const GtpClient&) = delete;
  /// Sends quit, waits up to a second, then kills the process group.
  ~GtpClient();

  /// Sends one line and blocks until there is an answer or the time is over.
  GtpReply send(std::string_view command, double timeout_seconds);
  bool alive() const { return alive_; }
  /// The last few thousand characters of the child's stderr.
  const std::string& stderr_tail() const { return stderr_tail_; }

 private:
  GtpClient() = default;
  class Deadline;
  enum class Wait { kAnswer, kTimeout, kClosed, kTooMuch };

  Wait exchange(std::string_view line, const Deadline& deadline, std::string& answer);
  bool write_some(std::string_view& line);
  bool read_output();
  void read_stderr();
  void skip_other_lines();
  bool take_answer(std::string& answer);
  bool writes_too_much() const;
  std::string bury(double patience_seconds);

  pid_t pid_ = -1;
  // A socket, so that writing to a dead child gives an error and no SIGPIPE.
  int to_child_ = -1;
  int from_child_ = -1;
  int stderr_ = -1;
  bool alive_ = false;
  std::string output_;        // read but not consumed
  std::size_t searched_ = 0;  // bytes of output_ without the end of the answer
  std::size_t skipped_ = 0;   // bytes before the current answer that belong to none
  std::string stderr_tail_;
};

}  // namespace ponnuki::selfplay
