// Quota: so that no worker, however fast, plays most of a cycle's games while others play as well.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/clock.h"

namespace ponnuki::swarm {

class Quota {
 public:
  /// The most of a cycle's games that one worker may have, 0 to 1. It is more where few workers
  /// play, so that a cycle always comes to its end.
  explicit Quota(double most_share) : most_share_(most_share) {}

  /// A cycle begins, or goes on, that wants so many games.
  void begin(std::int64_t wanted);
  /// Counts these games if the worker may have them.
  bool take(const std::string& worker, std::int64_t games, Clock::time_point now = Clock::now());

 private:
  struct Taken {
    std::int64_t games = 0;
    Clock::time_point last{};
  };

  const double most_share_;
  std::int64_t wanted_ = 0, total_ = 0;  // games
  std::map<std::string, Taken> taken_;
};

}  // namespace ponnuki::swarm
