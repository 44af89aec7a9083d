// Inbox: a queue of one client's lines, between the thread that reads them and the session that
// answers them. A running command also asks it whether to stop:
//
//   reader thread      push(line) … interrupt() … close() or abandon()
//   session thread     pop() → handle, meanwhile wait() → kInput | kInterrupted | kDone | kTimeout
//   search thread      poke() when it has finished
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "engine/clock.h"
#include "engine/mutex.h"

namespace ponnuki::server {

/// True for GoGui's interrupt: the comment line "# interrupt" during a command.
bool is_interrupt(std::string_view line);

class Inbox {
 public:
  struct Bounds {
    std::size_t lines = 100'000;
    std::size_t bytes = std::size_t{16} << 20;
  };

  Inbox() = default;
  explicit Inbox(Bounds bounds) : bounds_(bounds) {}

  // --- the reader's side
  //
  // Every line counts, even a blank one: any line stops an analysis. Blocks while the inbox is
  // full. Returns false once it is closed.
  bool push(std::string line);
  /// Like push(), but without blocking. Returns false if the inbox is full or closed.
  bool try_push(std::string line);
  /// Stops the current command, and those queued so far, as soon as possible (GoGui).
  void interrupt();
  /// No more lines will come. Queued lines are still answered.
  void close();
  /// The client has left: discards queued lines and stops the current command.
  void abandon();

  // --- the session's side
  //
  // The next line; nothing after the end. Blocks.
  std::optional<std::string> pop();
  /// True if a line or the end is waiting.
  bool pending() const;
  /// True once the client has left. Long work between two lines asks this, and ends.
  bool is_abandoned() const;

  /// How long pop() has waited for a line by now; 0 while a line is being answered.
  double idle_seconds() const;

  enum class Event { kInput, kInterrupted, kDone, kTimeout };
  /// Blocks until `done` is set (see poke()), the deadline has passed, or there is a reason to
  /// stop: an interrupt or a client that has left; with `heed_input` also any line or the end of
  /// input.
  Event wait(const std::atomic<bool>& done, Clock::time_point deadline, bool heed_input);
  /// Makes wait() check `done` again.
  void poke();

 private:
  bool full() const PONNUKI_REQUIRES(mutex_) {
    return lines_.size() >= bounds_.lines || bytes_ >= bounds_.bytes;
  }
  void add(std::string line) PONNUKI_REQUIRES(mutex_);
  /// An interrupt applies to the commands that were sent before it, not to later ones.
  bool must_stop() const PONNUKI_REQUIRES(mutex_) {
    return abandoned_ || (popped_ > 0 && interrupted_ >= popped_);
  }
  bool has_input() const PONNUKI_REQUIRES(mutex_) { return closed_ || !lines_.empty(); }

  const Bounds bounds_{};
  mutable Mutex mutex_;
  Condition changed_;
  std::deque<std::string> lines_ PONNUKI_GUARDED_BY(mutex_);
  std::size_t bytes_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::uint64_t pushed_ PONNUKI_GUARDED_BY(mutex_) = 0;  // number of lines so far
  /// The number of lines taken so far, which is the number of the current command.
  std::uint64_t popped_ PONNUKI_GUARDED_BY(mutex_) = 0;
  // Commands up to this number must stop.
  std::uint64_t interrupted_ PONNUKI_GUARDED_BY(mutex_) = 0;
  std::optional<Clock::time_point> idle_since_ PONNUKI_GUARDED_BY(mutex_);  // pop() waits
  bool closed_ PONNUKI_GUARDED_BY(mutex_) = false;
  bool abandoned_ PONNUKI_GUARDED_BY(mutex_) = false;
};

}  // namespace ponnuki::server
