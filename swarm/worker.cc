#include "swarm/worker.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "engine/clock.h"
#include "engine/file.h"
#include "engine/mutex.h"
#include "engine/start_thread.h"
#include "nn/files/model_file.h"
#include "selfplay/games/actors.h"
#include "selfplay/games/game_seeds.h"
#include "selfplay/learning/published_net.h"
#include "swarm/hub_games.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kLookEvery = 500ms;  // for news, while it plays
constexpr auto kSleep = 1s;         // while there is nothing to do
constexpr auto kLeastPause = 200ms;
constexpr auto kMostPause = 2s;     // before a block is sent again
constexpr auto kResendAfter = 60s;  // without news that a sent block is stored
constexpr auto kReportEvery = 30s;
constexpr auto kLastSends = 5s;  // after it was told to stop
constexpr std::int64_t kMany = std::int64_t{1} << 40;
constexpr std::size_t kNetsKept = 2;

std::uint64_t seed_from(const std::string& text) {
  return std::stoull(sha256(text).substr(0, 16), nullptr, 16);
}

class WorkLoop {
 public:
  WorkLoop(const WorkerOptions& options, WorkerLink& link, Spool& spool,
           const std::atomic<bool>& stop)
      : options_(options), link_(link), spool_(spool), stop_(stop) {}

  Status run() {
    PONNUKI_TRY(auto sender, start_thread([this] { send_all(); }));
    Status status;
    while (!stop_ && status) status = play_or_sleep();
    ends_ = true;
    sender.join();
    return status;
  }

 private:
  // --- the player's thread

  Status play_or_sleep() {
    const auto news = wanted();
    if (!news) {
      say_once(why_idle_);
      std::this_thread::sleep_for(kSleep);
      return {};
    }
    if (Status ready = prepare(*news); !ready) {
      say_once(ready.error().message);
      std::this_thread::sleep_for(kSleep);
      return {};
    }
    pause_ = false;
    return actors_->play(network_, kMany, &pause_,
                         [&](const selfplay::Games& games) { return keep(games); });
  }

  /// What the learner asks for; nothing if nobody learns, or if the spool is full.
  std::optional<Announcement> wanted() {
    const MutexLock lock(mutex_);
    if (spool_.is_full())
      why_idle_ = "the spool is full: waiting until the learner has stored some of its games";
    else if (!news_ || !knows_stored_)
      why_idle_ = "waiting for a learner";
    else if (seconds_since(heard_) > options_.silence)
      why_idle_ = "the learner is silent: waiting for it";
    else if (news_->wire != kWire)
      why_idle_ = "the learner takes blocks of wire version " + std::to_string(news_->wire) +
                  ", and this program makes " + std::to_string(kWire) +
                  ": install the other version";
    else
      return news_;
    return std::nullopt;
  }

  Status prepare(const Announcement& news) {
    if (!actors_ || news.options != playing_.options) {
      PONNUKI_TRY(const auto games, options_.read_options(news.options));
      sizes_ = games.sizes.size();
      const auto place = static_cast<std::int64_t>(spool_.next());
      actors_.reset();
      actors_ = std::make_unique<selfplay::Actors>(
          games, selfplay::game_seeds(seed_from(options_.name), {place}, options_.threads));
    }
    if (news.net != playing_.net || !network_) {
      PONNUKI_TRY(const std::string path, fetch_net(news.net));
      PONNUKI_TRY(auto model, nn::load_model(path));
      const std::string name = model.name;
      PONNUKI_TRY(network_, selfplay::network_of(std::move(model), options_.precision));
      say("plays with " + name);
    }
    if (news.komi.size() != sizes_) return Error{"the learner announces no komi for each board"};
    actors_->set_komi(news.komi);
    const MutexLock lock(mutex_);
    playing_ = news;
    said_.clear();
    return {};
  }

  /// The path of a net's file. A file with another checksum is fetched again.
  Result<std::string> fetch_net(const std::string& net) {
    const std::string folder = options_.folder + "/nets", path = folder + "/" + net + ".bin.gz";
    if (file_exists(path)) {
      const auto bytes = read_plain_file(path);
      if (bytes && sha256(*bytes) == net) return path;
    }
    PONNUKI_TRY(const std::string bytes, link_.net_file(net));
    if (sha256(bytes) != net) return Error{"the hub gave another net than its checksum says"};
    PONNUKI_TRY(make_folder(folder));
    PONNUKI_TRY(write_file_atomically(path, bytes));
    forget_old_nets(folder);
    return path;
  }

  static void forget_old_nets(const std::string& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> nets;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored))
      nets.emplace_back(entry.last_write_time(ignored), entry.path());
    std::ranges::sort(nets, std::greater<>());
    for (std::size_t i = kNetsKept; i < nets.size(); ++i) fs::remove(nets[i].second, ignored);
  }

  /// A full disk is a trouble that may pass: the games are lost, and it sleeps a while.
  Status keep(const selfplay::Games& games) {
    const auto bodies = pack(games);
    if (!bodies) return bodies.error();
    for (const std::string& body : *bodies) {
      const Status kept = spool_.add(
          {kWire, options_.name, 0, playing_.net, fingerprint_of(playing_.options), body});
      if (!kept) {
        say_once(kept.error().message);
        std::this_thread::sleep_for(kSleep);
        return {};
      }
    }
    games_ += static_cast<std::int64_t>(games.size());
    return {};
  }

  // --- the sender's thread

  void send_all() {
    auto reported = Clock::now() - kReportEvery;
    std::optional<Clock::time_point> end;
    while (!end || Clock::now() < *end) {
      if (ends_ && !end) end = Clock::now() + kLastSends;
      if (end && spool_.waiting().empty()) break;
      const Status news = look_for_news();
      const Status sent = send_waiting();
      tell_trouble(news ? sent : news);
      hear_what_is_stored();
      if (Clock::now() - reported >= kReportEvery) {
        report();
        reported = Clock::now();
      }
      std::this_thread::sleep_for(ends_ ? kLeastPause : kLookEvery);
    }
  }

  Status look_for_news() {
    const auto found = link_.announcement();
    const MutexLock lock(mutex_);
    if (found && *found) {
      if (!news_ || news_->at != (*found)->at) heard_ = Clock::now();
      news_ = **found;
    }
    const bool is_other =
        news_ && (news_->net != playing_.net || news_->options != playing_.options);
    const bool is_silent = seconds_since(heard_) > options_.silence;
    if (stop_ || is_other || is_silent || spool_.is_full()) pause_ = true;
    return found ? Status() : Status(found.error());
  }

  Status send_waiting() {
    for (const std::uint64_t number : spool_.waiting()) {
      if (number <= sent_) continue;
      auto block = spool_.read(number);
      // The learner refuses an empty block, and waits no longer for it.
      if (!block) block = GameBlock{kWire, options_.name, number, "", "", ""};
      if (Status sent = link_.send(*block); !sent) {
        std::this_thread::sleep_for(pause_length_);
        pause_length_ = std::min<Clock::duration>(2 * pause_length_, kMostPause);
        return sent;
      }
      pause_length_ = kLeastPause;
      sent_ = number;
      stored_since_ = Clock::now();
    }
    return {};
  }

  /// Troubles with the hub pass. They are told once.
  void tell_trouble(const Status& status) {
    if (!status.ok() == in_trouble_) return;
    in_trouble_ = !status;
    say(status ? "the hub answers again" : "the hub: " + status.error().message + "; trying again");
  }

  /// What was sent and is not stored for long may be lost with the hub: it is sent again.
  void hear_what_is_stored() {
    const auto stored = link_.stored();
    if (!stored) return;
    if (!knows_stored_) {  // numbers go on, also if the spool was lost
      spool_.forget_up_to(*stored);
      knows_stored_ = true;
    }
    if (*stored > stored_) {
      stored_ = *stored;
      stored_since_ = Clock::now();
      spool_.forget_up_to(stored_);
      sent_ = std::max(sent_, stored_);
    }
    if (sent_ > stored_ && Clock::now() - stored_since_ > kResendAfter) {
      sent_ = stored_;
      stored_since_ = Clock::now();
    }
  }

  void report() {
    const std::int64_t games = games_;
    const double minutes = seconds_since(began_) / 60;
    static_cast<void>(link_.report(nlohmann::json{
        {"worker", options_.name},
        {"threads", options_.threads},
        {"games", games},
        {"gamesPerMinute", static_cast<double>(games) / minutes},
        {"waiting",
         spool_.waiting().size()}}.dump()));
  }

  void say_once(const std::string& line) {
    if (line == said_) return;
    said_ = line;
    say(line);
  }
  void say(const std::string& line) {
    const MutexLock lock(say_mutex_);
    options_.say(line);
  }

  const WorkerOptions& options_;
  WorkerLink& link_;
  Spool& spool_;
  const std::atomic<bool>& stop_;
  std::atomic<bool> pause_{false}, ends_{false};
  std::atomic<bool> knows_stored_{false};  // what the learner has stored of earlier blocks
  std::atomic<std::int64_t> games_{0};
  const Clock::time_point began_ = Clock::now();

  // The player's:
  std::unique_ptr<selfplay::Actors> actors_;
  std::size_t sizes_ = 0;  // of boards
  std::shared_ptr<nn::Network> network_;
  std::string why_idle_, said_;
  // The sender's:
  std::uint64_t sent_ = 0, stored_ = 0;
  Clock::time_point stored_since_ = Clock::now();
  Clock::duration pause_length_ = kLeastPause;
  bool in_trouble_ = false;  // the hub did not answer

  Mutex say_mutex_;
  Mutex mutex_;
  std::optional<Announcement> news_ PONNUKI_GUARDED_BY(mutex_);
  Announcement playing_;  // changed by the player under the mutex
  Clock::time_point heard_ PONNUKI_GUARDED_BY(mutex_) = Clock::now();
};

}  // namespace

Status work(const WorkerOptions& options, WorkerLink& link, const std::atomic<bool>& stop) {
  PONNUKI_TRY(const auto spool, Spool::open(options.folder, options.name));
  return WorkLoop(options, link, *spool, stop).run();
}

}  // namespace ponnuki::swarm
