// Outstanding: which of a worker's blocks are sent and not stored yet, and when to send them again.
#pragma once

#include <cstdint>

#include "engine/clock.h"

namespace ponnuki::swarm {

/// What is sent and not stored for long may be lost with the hub. A learner that learns stores
/// nothing as well, so each wait is twice as long as the one before, up to an hour.
class Outstanding {
 public:
  explicit Outstanding(Clock::time_point now) : since_(now) {}

  /// Blocks up to this number need not be sent.
  std::uint64_t sent() const { return sent_; }
  void note_sent(std::uint64_t number, Clock::time_point now);
  void note_stored(std::uint64_t number, Clock::time_point now);
  /// All that is not stored is to be sent again.
  void begin_anew(Clock::time_point now);
  void begin_anew_if_late(Clock::time_point now);

 private:
  std::uint64_t sent_ = 0, stored_ = 0;
  Clock::time_point since_;  // nothing is stored
  Clock::duration patience_ = kFirstPatience;

  static constexpr Clock::duration kFirstPatience = std::chrono::minutes(1),
                                   kMostPatience = std::chrono::hours(1);
};

}  // namespace ponnuki::swarm
