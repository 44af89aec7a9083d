// MatchDesk: hands out the games of a match in parts, and counts what comes back. A part whose
// player is silent goes to another one; each game counts once.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "swarm/match_part.h"

namespace ponnuki::swarm {

/// Thread-safe.
class MatchDesk {
 public:
  static constexpr Clock::duration kLease = std::chrono::seconds(60);

  /// What a worker must be and do. Each may be empty.
  struct Checks {
    std::function<bool(const std::string& worker)> is_trusted = {};  // else it gets no part
    std::function<bool(const std::string& worker, const PlayedPart&)> has_signed = {};
  };
  /// `whole` is a part that has all games; it needs no openings.
  MatchDesk(MatchPart whole, Checks checks);

  /// The next games, about so many; nothing if all are played or under way.
  std::optional<MatchPart> take(const std::string& worker, int games, Clock::time_point now);
  /// Games that another one plays for the longest time; they count for whoever ends them first.
  std::optional<MatchPart> take_late(const std::string& worker, int games, Clock::time_point now);
  /// The worker still plays what it has taken.
  void note_progress(const std::string& worker, Clock::time_point now);
  /// Counts the games that are new, after they were replayed. Returns why they are refused.
  Status count(const std::string& worker, const PlayedPart& part);

  bool is_over() const;
  BoardSize size() const { return whole_.terms.size; }
  selfplay::Tally tally() const;
  /// The games of each worker that were counted.
  std::map<std::string, int> shares() const;

 private:
  /// An opening, played with both colours.
  struct Pair {
    std::string player;  // who has it or had it; "" if nobody took it
    Clock::time_point taken{}, until{};
    bool is_done = false;
    bool is_free(Clock::time_point now) const { return !is_done && now >= until; }
  };
  std::size_t run_from(std::size_t begin, int games,
                       const std::function<bool(const Pair&)>& fits) const PONNUKI_REQUIRES(mutex_);
  MatchPart hand_out(std::size_t begin, std::size_t end, const std::string& worker,
                     Clock::time_point now) PONNUKI_REQUIRES(mutex_);
  std::vector<selfplay::NetMatchGame> new_games(const PlayedPart& part) const
      PONNUKI_REQUIRES(mutex_);

  const MatchPart whole_;
  const std::vector<selfplay::Opening> openings_;
  const Checks checks_;
  mutable Mutex mutex_;
  std::vector<Pair> pairs_ PONNUKI_GUARDED_BY(mutex_);
  selfplay::Tally tally_ PONNUKI_GUARDED_BY(mutex_);
  std::map<std::string, int> shares_ PONNUKI_GUARDED_BY(mutex_);
};

}  // namespace ponnuki::swarm
