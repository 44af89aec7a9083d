// HubGames: the games of a training run come from workers, by a hub. Each block is inspected, noted
// in the ledger, stored with the run's games, and only then the worker hears that it may forget it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "engine/mutex.h"
#include "selfplay/run/game_source.h"
#include "swarm/inspection.h"
#include "swarm/ledger.h"
#include "swarm/links.h"

namespace ponnuki::swarm {

class HubGames : public selfplay::GameSource {
 public:
  struct Options {
    std::string folder;   // of the run
    std::string options;  // of the games, as a config file
    std::vector<BoardSize> sizes;
    std::uint64_t seed = 1;
    std::function<void(const std::string& line)> say;
  };
  HubGames(std::unique_ptr<LearnerLink> link, const Options& options);

  Status play(const selfplay::GamesWanted& wanted, const std::atomic<bool>* stop,
              const selfplay::Actors::Save& save,
              const selfplay::Actors::Progress& progress) override;

  static std::string ledger_path(const std::string& folder) { return folder + "/ledger.jsonl"; }

 private:
  Status open_ledger(std::int64_t cycle);
  Status announce(const selfplay::GamesWanted& wanted);
  void repeat_announcement(const std::stop_token& stop);
  struct Sorted;
  Sorted sort(const std::vector<LearnerLink::Delivery>& deliveries);
  Status store(const std::vector<LearnerLink::Delivery>& deliveries,
               const selfplay::GamesWanted& wanted, const selfplay::Actors::Save& save);
  void say_trouble(const Status& status);

  const std::unique_ptr<LearnerLink> link_;
  const Options options_;
  Inspection inspection_;
  std::unique_ptr<Ledger> ledger_;
  std::int64_t taken_ = 0;   // games of this call
  bool in_trouble_ = false;  // the hub did not answer

  Mutex mutex_;
  std::optional<Announcement> announced_ PONNUKI_GUARDED_BY(mutex_);
  std::jthread heartbeat_;  // ends first
};

/// What identifies the options of games; it is part of each block.
std::string fingerprint_of(const std::string& options);

}  // namespace ponnuki::swarm
