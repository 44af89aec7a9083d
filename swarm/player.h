// Player: plays games as an announcement asks, and gives them to a spool; and games of matches.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "engine/clock.h"
#include "selfplay/games/actors.h"
#include "swarm/net_folder.h"
#include "swarm/spool.h"
#include "swarm/worker.h"

namespace ponnuki::swarm {

class Player {
 public:
  Player(const WorkerOptions& options, WorkerLink& link, Spool& spool)
      : options_(options), link_(link), spool_(spool), nets_(options.folder + "/nets") {}

  /// Gets the net and reads the options if they are others than before. Returns an error if they
  /// cannot be used for now.
  Status prepare(const Announcement& news);
  /// Plays until `pause` is set. Returns an error if it cannot go on.
  Status play(const std::atomic<bool>& pause);
  /// Plays the games under way to their end, unless `hurry` is set before that.
  Status finish(const std::atomic<bool>& hurry);
  /// Plays games of a match: fewer if `stop` is set.
  Result<PlayedPart> play_part(const MatchPart& part, const std::atomic<bool>& stop);
  /// The games that were kept so far.
  std::int64_t games() const { return games_; }

 private:
  Status read_options(const Announcement& news);
  struct LoadedNet {
    std::string name;
    std::shared_ptr<nn::Network> network;
  };
  Result<LoadedNet> load_net(const std::string& net);
  Status keep(const selfplay::Games& games);

  const WorkerOptions& options_;
  WorkerLink& link_;
  Spool& spool_;
  const NetFolder nets_;
  Announcement playing_;
  std::vector<BoardSize> sizes_;
  std::unique_ptr<selfplay::Actors> actors_;
  std::shared_ptr<nn::Network> network_;
  Clock::time_point checked_{};  // the canaries
  std::string trouble_;          // that was told
  std::string match_;            // whose nets are loaded
  std::array<std::shared_ptr<nn::Network>, 2> match_nets_;
  std::atomic<std::int64_t> games_{0};
};

}  // namespace ponnuki::swarm
