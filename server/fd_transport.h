// Reads lines and writes responses over file descriptors: standard input and output, pipes,
// sockets.
#pragma once

#include <atomic>
#include <functional>
#include <string_view>
#include <thread>

#include "engine/clock.h"
#include "server/inbox.h"
#include "server/output.h"

namespace ponnuki::server {

/// Puts a line into the inbox. GoGui's interrupt takes effect at once, before queued lines. Returns
/// false if the inbox is closed or, without `wait`, full.
bool deliver_line(Inbox& inbox, std::string line, bool wait);

/// Writes each text with one system call if the other side accepts it whole. The process must
/// ignore SIGPIPE.
class FdOutput : public Output, public Pause {
 public:
  /// `on_gone` is called once, at the first write that fails permanently.
  FdOutput(int fd, std::function<void()> on_gone) : fd_(fd), on_gone_(std::move(on_gone)) {}
  void write(std::string_view text) override;
  const Pause* pause() const override { return this; }
  bool is_paused() const override { return stalled_seconds() > 0.1; }
  /// How long write() has waited for the client by now. Thread-safe.
  double stalled_seconds() const;

 private:
  void write_all(std::string_view text);

  int fd_;
  std::function<void()> on_gone_;
  bool gone_ = false;
  // Ticks of the clock; 0 outside of write().
  std::atomic<Clock::rep> writing_since_{0};
};

/// Reads a descriptor on its own thread and fills an inbox. Closes the inbox at the end of input.
class FdReader {
 public:
  FdReader(int fd, Inbox& inbox);
  /// Stops reading, even while it waits for input.
  ~FdReader();

 private:
  void read_all();
  bool wait_for_input() const;

  int fd_;
  Inbox& inbox_;
  int wake_[2] = {-1, -1};  // a pipe; closing it ends the wait
  std::thread thread_;
};

}  // namespace ponnuki::server
