#include "swarm/hub_games.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <map>
#include <set>

#include "engine/clock.h"
#include "engine/file.h"
#include "nn/files/katago/model_writer.h"
#include "selfplay/records/block_scan.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr int kMostBlocks = 100;  // of one fetch
constexpr double kFetchSeconds = 0.5;
constexpr auto kPause = 1s;  // after an error of the hub
constexpr auto kHeartbeat = 15s;

std::optional<std::int64_t> whole_bytes(const std::string& games_path) {
  if (!file_exists(games_path)) return std::nullopt;
  const auto bytes = read_plain_file(games_path);
  if (!bytes) return std::nullopt;
  return static_cast<std::int64_t>(selfplay::scan_blocks(*bytes).end);
}

}  // namespace

std::string fingerprint_of(const std::string& options) { return sha256(options).substr(0, 16); }

HubGames::HubGames(std::unique_ptr<LearnerLink> link, const Options& options)
    : link_(std::move(link)),
      options_(options),
      inspection_({options.sizes, fingerprint_of(options.options)}, options.seed),
      heartbeat_([this](const std::stop_token& stop) { repeat_announcement(stop); }) {}

/// Workers sleep where nobody learns; also a long cycle must not look so.
void HubGames::repeat_announcement(const std::stop_token& stop) {
  auto next = Clock::now() + kHeartbeat;
  while (!stop.stop_requested()) {
    std::this_thread::sleep_for(100ms);
    if (Clock::now() < next) continue;
    next = Clock::now() + kHeartbeat;
    const auto now = [&] {
      const MutexLock lock(mutex_);
      if (announced_) announced_->at = std::time(nullptr);
      return announced_;
    }();
    if (now) static_cast<void>(link_->repeat(*now));  // the next one may do better
  }
}

Status HubGames::open_ledger(std::int64_t cycle) {
  if (ledger_) return {};
  PONNUKI_TRY(ledger_, Ledger::open(ledger_path(options_.folder), cycle, [&](std::int64_t of) {
                return whole_bytes(selfplay::RunDirectory::games_path(options_.folder, of));
              }));
  return {};
}

Status HubGames::announce(const selfplay::GamesWanted& wanted) {
  PONNUKI_TRY(const std::string file, nn::model_to_bytes(wanted.net(), {}));
  Announcement announcement{kWire,       sha256(file),      wanted.cycle, options_.options,
                            wanted.komi, std::time(nullptr)};
  if (ledger_->nets().empty() || ledger_->nets().front() != announcement.net)
    PONNUKI_TRY(ledger_->add_net(announcement.net));
  inspection_.set_nets(ledger_->nets());
  PONNUKI_TRY(link_->announce(announcement, file));
  for (const auto& [worker, account] : ledger_->accounts())
    PONNUKI_TRY(link_->tell_stored(worker, account.stored));
  const MutexLock lock(mutex_);
  announced_ = std::move(announcement);
  return {};
}

/// What a fetch has brought.
struct HubGames::Sorted {
  std::vector<Ledger::Entry> entries;
  selfplay::Games games;
  std::vector<LearnerLink::Delivery> done;
  std::set<std::string> workers;  // who hear what is stored
};

HubGames::Sorted HubGames::sort(const std::vector<LearnerLink::Delivery>& deliveries) {
  Sorted sorted;
  std::map<std::string, std::uint64_t> last;
  for (const LearnerLink::Delivery& delivery : deliveries) {
    const GameBlock& block = delivery.block;
    std::uint64_t& stored =
        last.try_emplace(block.worker, ledger_->stored(block.worker)).first->second;
    sorted.workers.insert(block.worker);
    if (block.number > stored + 1) continue;  // an earlier one is under way
    sorted.done.push_back(delivery);
    if (block.number <= stored) continue;  // it came before
    stored = block.number;
    Ledger::Entry entry{block.worker, block.number, 0, ""};
    if (auto games = inspection_.games_of(block)) {
      entry.games = static_cast<std::int64_t>(games->size());
      sorted.games.insert(sorted.games.end(), games->begin(), games->end());
    } else {
      entry.reason = games.error().message;
    }
    sorted.entries.push_back(std::move(entry));
  }
  return sorted;
}

Status HubGames::store(const std::vector<LearnerLink::Delivery>& deliveries,
                       const selfplay::GamesWanted& wanted, const selfplay::Actors::Save& save) {
  const Sorted sorted = sort(deliveries);
  if (!sorted.entries.empty())
    PONNUKI_TRY(ledger_->write(wanted.cycle, wanted.file_size(), sorted.entries));
  if (!sorted.games.empty()) PONNUKI_TRY(save(sorted.games));
  taken_ += static_cast<std::int64_t>(sorted.games.size());
  for (const std::string& worker : sorted.workers)
    say_trouble(link_->tell_stored(worker, ledger_->stored(worker)));
  say_trouble(link_->done(sorted.done));
  return {};
}

/// Troubles with the hub pass: blocks come again. They are told once.
void HubGames::say_trouble(const Status& status) {
  if (status) return;
  if (!in_trouble_) options_.say("the hub: " + status.error().message + "; trying again");
  in_trouble_ = true;
}

Status HubGames::play(const selfplay::GamesWanted& wanted, const std::atomic<bool>* stop,
                      const selfplay::Actors::Save& save,
                      const selfplay::Actors::Progress& progress) {
  const auto stopped = [&] { return stop != nullptr && *stop; };
  const auto persist = [&](const std::function<Status()>& act) {
    for (Status status = act(); !status && !stopped(); status = act()) {
      say_trouble(status);
      std::this_thread::sleep_for(kPause);
    }
  };
  taken_ = 0;
  PONNUKI_TRY(open_ledger(wanted.cycle));
  persist([&] { return announce(wanted); });
  while (taken_ < wanted.count && !stopped()) {
    const auto deliveries = link_->fetch(kMostBlocks, kFetchSeconds);
    if (!deliveries) {
      say_trouble(deliveries.error());
      std::this_thread::sleep_for(kPause);
      continue;
    }
    if (in_trouble_) {  // it may have forgotten everything
      options_.say("the hub answers again");
      in_trouble_ = false;
      persist([&] { return announce(wanted); });
    }
    if (!deliveries->empty()) PONNUKI_TRY(store(*deliveries, wanted, save));
    if (progress) progress(std::min(taken_, wanted.count));
  }
  return {};
}

}  // namespace ponnuki::swarm
