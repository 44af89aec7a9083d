// MatchWork: what a worker plays for matches. The thread that talks with the hub asks for parts and
// brings their games; the thread that plays takes a part as soon as it can.
#pragma once

#include <optional>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "swarm/links.h"
#include "swarm/signing_key.h"

namespace ponnuki::swarm {

/// Thread-safe.
class MatchWork {
 public:
  /// Signs the games of `worker` by its key, if it has one.
  MatchWork(WorkerLink& link, std::string worker, std::optional<SigningKey> key, int threads)
      : link_(link),
        worker_(std::move(worker)),
        key_(std::move(key)),
        games_(games_at_once(threads)) {}

  /// Asks for a part, tells that one is played, or brings its games, if that is due. May wait for
  /// the hub.
  void talk();
  /// Whether a part was taken, and its games are not brought yet.
  bool is_busy() const;
  /// The part that is to be played; the same until end().
  std::optional<MatchPart> part() const;
  /// The part was played, or cannot be played (nothing).
  void end(std::optional<PlayedPart> played);

 private:
  bool is_due() const;
  void wait(Clock::duration time);
  void ask();
  Status bring(PlayedPart part, BoardSize size);

  WorkerLink& link_;
  const std::string worker_;
  const std::optional<SigningKey> key_;
  const int games_;
  Clock::duration ask_pause_ = std::chrono::seconds(3);  // longer where nobody answers
  mutable Mutex mutex_;
  Clock::time_point next_ PONNUKI_GUARDED_BY(mutex_){};  // when to ask, or to tell progress
  std::optional<MatchPart> part_ PONNUKI_GUARDED_BY(mutex_);
  std::optional<PlayedPart> played_ PONNUKI_GUARDED_BY(mutex_);
  Clock::time_point since_ PONNUKI_GUARDED_BY(mutex_){};  // when it was played
};

}  // namespace ponnuki::swarm
