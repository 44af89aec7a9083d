#include "swarm/hub_games.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/clock.h"
#include "engine/file.h"
#include "nn/files/katago/model_writer.h"
#include "selfplay/learning/published_net.h"
#include "selfplay/records/block_scan.h"
#include "selfplay/run/run_directory.h"
#include "swarm/hub_matches.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr double kMostBlocks = 100;  // of one fetch
constexpr double kFetchSeconds = 0.5;
constexpr auto kPause = 1s;  // after an error of the hub
constexpr auto kHeartbeat = 15s;
constexpr auto kTalkEvery = 5s;
constexpr auto kJournalEvery = 2s;
constexpr double kCyclesEnough = 2;  // of games that wait

std::optional<std::int64_t> whole_bytes(const std::string& games_path) {
  if (!file_exists(games_path)) return std::nullopt;
  const auto bytes = read_plain_file(games_path);
  if (!bytes) return std::nullopt;
  return static_cast<std::int64_t>(selfplay::scan_blocks(*bytes).end);
}

}  // namespace

std::string fingerprint_of(const std::string& options) { return sha256(options).substr(0, 16); }

HubGames::HubGames(std::unique_ptr<LearnerLink> link, const Options& options,
                   std::unique_ptr<Journal> journal, std::unique_ptr<MatchLink> matches)
    : link_(std::move(link)),
      journal_(std::move(journal)),
      options_(options),
      matches_(match_player_by(std::move(matches))),
      nets_(options.folder + "/hub-nets"),
      inspection_({options.sizes, fingerprint_of(options.options)}, options.seed),
      spot_checks_(nets_, options.seed),
      quota_(options.most_share),
      heartbeat_([this](const std::stop_token& stop) { repeat_announcement(stop); }) {}

std::unique_ptr<selfplay::MatchPlayer> HubGames::match_player_by(std::unique_ptr<MatchLink> link) {
  if (!link) return std::make_unique<selfplay::OwnMatches>(options_.precision);
  const auto is_trusted = [this](const std::string& worker) {
    return !ledger_->withdrawn().contains(worker);
  };
  return std::make_unique<HubMatches>(
      std::move(link),
      HubMatches::Options{options_.precision, is_trusted, options_.say, options_.keys});
}

/// Workers sleep where nobody learns; also a long cycle must not look so. They pause where more
/// games wait than the next cycles need.
void HubGames::repeat_announcement(const std::stop_token& stop) {
  auto next = Clock::now() + kHeartbeat, next_beat = Clock::now();
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(100ms);
    if (Clock::now() >= next_beat) {
      static_cast<void>(sync_journal());  // the next one may do better
      next_beat = Clock::now() + kJournalEvery;
    }
    if (Clock::now() < next) continue;
    next = Clock::now() + kHeartbeat;
    const auto waiting = link_->waiting();
    const auto now = [&] {
      const MutexLock lock(mutex_);
      if (announced_) announced_->at = std::time(nullptr);
      if (announced_ && waiting)
        announced_->enough = static_cast<double>(*waiting) * games_a_block_ > games_enough_;
      return announced_;
    }();
    if (now && !link_->repeat(*now)) is_silent_ = true;  // the next one may do better
  }
}

Status HubGames::sync_journal() {
  if (!journal_ || !is_open_) return {};
  const MutexLock lock(keeping_);
  return journal_->sync();
}

Status HubGames::open(std::int64_t cycle) {
  if (journal_) PONNUKI_TRY(journal_->take(options_.say));
  is_open_ = true;
  PONNUKI_TRY(ledger_, Ledger::open(ledger_path(options_.folder), cycle, [&](std::int64_t of) {
                return whole_bytes(selfplay::RunDirectory::games_path(options_.folder, of));
              }));
  return {};
}

std::int64_t HubGames::withdrawals() const {
  return static_cast<std::int64_t>(ledger_->withdrawn().size());
}

void HubGames::take_out_withdrawn(std::int64_t cycle, selfplay::GamesFile& file) const {
  ledger_->take_out_withdrawn(cycle, file);
}

Status HubGames::announce(const selfplay::GamesWanted& wanted) {
  nn::Model model = wanted.net();
  PONNUKI_TRY(const std::string file, nn::model_to_bytes(model, {}));
  Announcement announcement{kWire,       sha256(file), wanted.cycle, options_.options,
                            wanted.komi, {},           false,        std::time(nullptr)};
  PONNUKI_TRY(const auto network,
              selfplay::network_of(std::move(model), nn::kernels::Precision::kFp32));
  nn::NetEvaluator evaluator(network);
  announcement.canaries = canaries_of(evaluator, options_.sizes.front());
  const auto known = ledger_->nets();
  if (known.empty() || known.front() != announcement.net)
    PONNUKI_TRY(ledger_->add_net(announcement.net, announcement.at));
  PONNUKI_TRY(ledger_->tidy([&](std::int64_t of) {
    return file_exists(selfplay::RunDirectory::games_path(options_.folder, of));
  }));
  PONNUKI_TRY(nets_.put(announcement.net, file));
  const auto valid = ledger_->nets();
  nets_.keep_newest(valid.size());
  inspection_.set_nets(valid);
  PONNUKI_TRY(sync_journal());  // whoever takes over must know a net that workers play with
  PONNUKI_TRY(link_->announce(announcement, file));
  for (const auto& [worker, account] : ledger_->accounts())
    PONNUKI_TRY(link_->tell_stored(worker, account.stored));
  const MutexLock lock(mutex_);
  announced_ = std::move(announcement);
  return {};
}

/// The number of blocks that have so many games, as blocks are now.
int HubGames::blocks_for(std::int64_t games) const {
  const double blocks = static_cast<double>(games) / games_a_block_;
  return static_cast<int>(std::clamp(std::ceil(blocks), 1.0, kMostBlocks));
}

/// What a fetch has brought.
struct HubGames::Sorted {
  std::vector<Ledger::Entry> entries;
  selfplay::Games games;
  std::vector<LearnerLink::Delivery> done;
  std::set<std::string> workers;  // who hear what is stored
};

Result<HubGames::Sorted> HubGames::sort(const std::vector<LearnerLink::Delivery>& deliveries) {
  Sorted sorted;
  std::map<std::string, std::uint64_t> last;
  for (const LearnerLink::Delivery& delivery : deliveries) {
    const GameBlock& block = delivery.block;
    std::uint64_t& stored =
        last.try_emplace(block.worker, ledger_->stored(block.worker)).first->second;
    sorted.workers.insert(block.worker);
    // An earlier one is under way, unless the worker has none: then this folder is from a backup.
    if (block.number > stored + 1 && block.number != block.oldest) continue;
    sorted.done.push_back(delivery);
    if (block.number <= stored) continue;  // it came before
    stored = block.number;
    Ledger::Entry entry{block.worker, block.number, 0, ""};
    std::optional<std::string> suspicion;
    if (auto games = judged(block, suspicion)) {
      entry.games = static_cast<std::int64_t>(games->size());
      games_a_block_ = 0.9 * games_a_block_ + 0.1 * static_cast<double>(entry.games);
      sorted.games.insert(sorted.games.end(), games->begin(), games->end());
    } else {
      entry.reason = games.error().message;
    }
    sorted.entries.push_back(std::move(entry));
    if (suspicion) PONNUKI_TRY(withdraw(block.worker, *suspicion));
  }
  return sorted;
}

/// The games of a block, or the reason why it is refused. `suspicion` gets why its worker must not
/// be trusted.
Result<selfplay::Games> HubGames::judged(const GameBlock& block,
                                         std::optional<std::string>& suspicion) {
  if (ledger_->withdrawn().contains(block.worker)) return Error{"withdrawn"};
  if (options_.keys &&
      !options_.keys->has_signed(block.worker, signed_text(block), block.signature))
    return Error{"its worker has not signed it"};
  PONNUKI_TRY(auto games, inspection_.games_of(block));
  spot_checks_.look_at(block.worker, block.net, games);
  suspicion = spot_checks_.trust().suspicion(block.worker);
  if (suspicion) return Error{*suspicion};
  if (!quota_.take(block.worker, static_cast<std::int64_t>(games.size())))
    return Error{"more than its share"};
  return games;
}

Status HubGames::store(const std::vector<LearnerLink::Delivery>& deliveries,
                       const selfplay::GamesWanted& wanted, const selfplay::Actors::Save& save) {
  PONNUKI_TRY(const Sorted sorted, sort(deliveries));
  PONNUKI_TRY(keep(sorted, wanted, save));
  taken_ += static_cast<std::int64_t>(sorted.games.size());
  if (const Status copied = sync_journal(); !copied) {
    if (journal_->is_lost()) return copied;
    say_trouble(copied);  // the blocks come again
    return {};
  }
  for (const std::string& worker : sorted.workers)
    say_trouble(link_->tell_stored(worker, ledger_->stored(worker)));
  say_trouble(link_->done(sorted.done));
  return {};
}

Status HubGames::keep(const Sorted& sorted, const selfplay::GamesWanted& wanted,
                      const selfplay::Actors::Save& save) {
  const MutexLock lock(keeping_);
  if (!sorted.entries.empty())
    PONNUKI_TRY(ledger_->write(wanted.cycle, wanted.file_size(), sorted.entries));
  return sorted.games.empty() ? Status() : save(sorted.games);
}

Status HubGames::withdraw(const std::string& worker, const std::string& why) {
  if (ledger_->withdrawn().contains(worker)) return {};
  PONNUKI_TRY(ledger_->withdraw(worker, why));
  spot_checks_.trust().forget(worker);
  options_.say("all games of " + worker + " are taken out: " + why);
  return {};
}

/// What somebody has asked for since the last look, and what they like to know.
Status HubGames::withdraw_as_told() {
  if (Clock::now() - looked_ < kTalkEvery) return {};
  looked_ = Clock::now();
  say_trouble(link_->report(nlohmann::json(workers()).dump()));
  const auto names = link_->withdrawn();
  if (!names) return {};
  for (const std::string& name : *names) PONNUKI_TRY(withdraw(name, "by hand"));
  return {};
}

/// What is known of them.
WorkerRows HubGames::workers() const {
  WorkerRows workers;
  for (const auto& [name, account] : ledger_->accounts()) {
    auto& worker = workers[name];
    worker = {{"games", account.games}, {"refused", account.refused}, {"reasons", account.reasons}};
    if (const auto why = ledger_->withdrawn().find(name); why != ledger_->withdrawn().end())
      worker["withdrawn"] = why->second;
  }
  return workers;
}

std::string HubGames::summary() const { return worker_table({}, workers()); }

/// Troubles with the hub pass: blocks come again. Each is told once until the hub answers.
void HubGames::say_trouble(const Status& status) {
  if (status) return;
  if (troubles_.insert(status.error().message).second)
    options_.say("the hub: " + status.error().message + "; trying again");
}

Status HubGames::play(const selfplay::GamesWanted& wanted, const std::atomic<bool>* stop,
                      const selfplay::Actors::Save& save,
                      const selfplay::Actors::Progress& progress) {
  const auto stopped = [&] { return stop != nullptr && *stop; };
  const auto is_lost = [&] { return journal_ && journal_->is_lost(); };
  const auto persist = [&](const std::function<Status()>& act) {
    for (Status status = act(); !status && !stopped() && !is_lost(); status = act()) {
      say_trouble(status);
      std::this_thread::sleep_for(kPause);
    }
  };
  taken_ = 0;
  quota_.begin(wanted.count);
  games_enough_ = kCyclesEnough * static_cast<double>(wanted.count);
  persist([&] { return announce(wanted); });
  while (taken_ < wanted.count && !stopped()) {
    if (journal_) PONNUKI_TRY(journal_->expect_held());
    PONNUKI_TRY(withdraw_as_told());
    const auto deliveries = link_->fetch(blocks_for(wanted.count - taken_), kFetchSeconds);
    if (!deliveries) {
      say_trouble(deliveries.error());
      std::this_thread::sleep_for(kPause);
      continue;
    }
    // A hub that hangs is to a fetch as one without games.
    if (is_silent_.exchange(false)) say_trouble(Error{"it does not answer"});
    if (!troubles_.empty()) {  // it may have forgotten everything
      options_.say("the hub answers again");
      troubles_.clear();
      persist([&] { return announce(wanted); });
    }
    if (!deliveries->empty()) PONNUKI_TRY(store(*deliveries, wanted, save));
    if (progress) progress(std::min(taken_, wanted.count));
  }
  return {};
}

}  // namespace ponnuki::swarm
