// HubGames: the games of a training run come from workers, by a hub. Each block is inspected, noted
// in the ledger, stored with the run's games, and only then the worker hears that it may forget it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "selfplay/run/game_source.h"
#include "swarm/hub_users.h"
#include "swarm/inspection.h"
#include "swarm/journal.h"
#include "swarm/ledger.h"
#include "swarm/links.h"
#include "swarm/net_folder.h"
#include "swarm/quota.h"
#include "swarm/spot_checks.h"
#include "swarm/worker_table.h"

namespace ponnuki::swarm {

class HubGames : public selfplay::GameSource {
 public:
  struct Options {
    std::string folder;   // of the run
    std::string options;  // of the games, as a config file
    std::vector<BoardSize> sizes;
    double most_share = 1;  // of a cycle's games from one worker (swarm/quota.h)
    std::uint64_t seed = 1;
    std::function<void(const std::string& line)> say;
    nn::kernels::Precision precision = nn::kernels::auto_precision();  // of its matches here
    std::optional<WorkerKeys> keys = {};  // blocks are refused unless their worker has signed them
  };
  /// Without a journal nobody can stand by, and no other learner is noticed. Without `matches` this
  /// machine plays them alone.
  HubGames(std::unique_ptr<LearnerLink> link, const Options& options,
           std::unique_ptr<Journal> journal = nullptr,
           std::unique_ptr<MatchLink> matches = nullptr);

  Status open(std::int64_t cycle) override;
  Status play(const selfplay::GamesWanted& wanted, const std::atomic<bool>* stop,
              const selfplay::Actors::Save& save,
              const selfplay::Actors::Progress& progress) override;
  std::int64_t withdrawals() const override;
  void take_out_withdrawn(std::int64_t cycle, selfplay::GamesFile& file) const override;

  selfplay::MatchPlayer& match_player() override { return *matches_; }
  bool plays_always() const override { return true; }
  std::string summary() const override;

  static std::string ledger_path(const std::string& folder) { return folder + "/ledger.jsonl"; }

 private:
  std::unique_ptr<selfplay::MatchPlayer> match_player_by(std::unique_ptr<MatchLink> link);
  Status announce(const selfplay::GamesWanted& wanted);
  void repeat_announcement(const std::stop_token& stop);
  int blocks_for(std::int64_t games) const;
  struct Sorted;
  Result<Sorted> sort(const std::vector<LearnerLink::Delivery>& deliveries);
  Result<selfplay::Games> judged(const GameBlock& block, std::optional<std::string>& suspicion);
  Status store(const std::vector<LearnerLink::Delivery>& deliveries,
               const selfplay::GamesWanted& wanted, const selfplay::Actors::Save& save);
  Status keep(const Sorted& sorted, const selfplay::GamesWanted& wanted,
              const selfplay::Actors::Save& save);
  Status sync_journal();
  Status withdraw(const std::string& worker, const std::string& why);
  Status withdraw_as_told();
  WorkerRows workers() const;
  void say_trouble(const Status& status);

  const std::unique_ptr<LearnerLink> link_;
  const std::unique_ptr<Journal> journal_;  // may be null
  Options options_;
  const std::unique_ptr<selfplay::MatchPlayer> matches_;
  const NetFolder nets_;
  Inspection inspection_;
  SpotChecks spot_checks_;
  Quota quota_;
  std::unique_ptr<Ledger> ledger_;
  std::atomic<bool> is_open_{false}, is_silent_{false};  // is_silent_: the hub
  std::int64_t taken_ = 0;                               // games of this call
  std::set<std::string> troubles_;                       // with the hub, that were told
  Clock::time_point looked_{};                           // for what is told from outside

  /// How many games blocks have, and how many games are enough.
  std::atomic<double> games_a_block_{1}, games_enough_{0};

  Mutex keeping_;  // held while a block is noted and stored, so that no copy has half of it
  Mutex mutex_;
  std::optional<Announcement> announced_ PONNUKI_GUARDED_BY(mutex_);
  std::jthread heartbeat_;  // ends first
};

/// What identifies the options of games; it is part of each block.
std::string fingerprint_of(const std::string& options);

}  // namespace ponnuki::swarm
