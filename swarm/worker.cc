#include "swarm/worker.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "engine/clock.h"
#include "engine/mutex.h"
#include "engine/start_thread.h"
#include "swarm/match_work.h"
#include "swarm/outstanding.h"
#include "swarm/player.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr auto kLookEvery = 500ms;  // for news, while it plays
constexpr auto kSleep = 250ms;      // while there is nothing to do
constexpr auto kRetryAfter = 1s;    // with a net or options that cannot be used
constexpr auto kLeastPause = 200ms;
constexpr auto kMostPause = 2s;  // before a block is sent again
constexpr auto kReportEvery = 30s;
constexpr auto kLastSends = 5s;         // after it was told to stop
constexpr double kPrepareEvery = 3600;  // seconds, also with the same net

class WorkLoop {
 public:
  WorkLoop(const WorkerOptions& options, WorkerLink& link, Spool& spool,
           const std::atomic<bool>& stop, const std::atomic<bool>& hurry)
      : options_(with_locked_say(options)),
        link_(link),
        spool_(spool),
        stop_(stop),
        hurry_(hurry),
        player_(options_, link, spool),
        matches_(link, options.name, options.key, options.threads) {}

  Status run() {
    PONNUKI_TRY(auto sender, start_thread([this] { send_all(); }));
    Status status;
    while (!stop_ && !is_double_ && status) status = play_or_sleep();
    if (is_double_)
      status = Error{"somebody else plays as '" + options_.name +
                     "', so that games of both are lost: let each machine have a name of its own"};
    if (status) status = player_.finish(hurry_);
    ends_ = true;
    sender.join();
    return status;
  }

 private:
  /// Both threads say something.
  WorkerOptions with_locked_say(WorkerOptions options) {
    options.say = [this, say = std::move(options.say)](const std::string& line) {
      const MutexLock lock(say_mutex_);
      say(line);
    };
    return options;
  }

  // --- the player's thread

  Status play_or_sleep() {
    if (const auto part = matches_.part()) {
      play_match(*part);
      return {};
    }
    const auto news = wanted();
    if (!news) {
      say_once(why_idle_);
      std::this_thread::sleep_for(kSleep);
      return {};
    }
    if (Status ready = player_.prepare(*news); !ready) {
      say_once(ready.error().message);
      std::this_thread::sleep_for(kRetryAfter);
      return {};
    }
    {
      const MutexLock lock(mutex_);
      playing_ = *news;
      prepared_ = Clock::now();
      said_.clear();
    }
    pause_ = false;
    return player_.play(pause_);
  }

  void play_match(const MatchPart& part) {
    auto played = player_.play_part(part, stop_);
    if (!played) say_once(played.error().message);
    if (played && !stop_)
      matches_.end(std::move(*played));
    else
      matches_.end(std::nullopt);
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
    else if (news_->enough)
      why_idle_ = "the learner has more games than it needs: waiting until it has learned";
    else
      return news_;
    return std::nullopt;
  }

  // --- the sender's thread

  void send_all() {
    auto reported = Clock::now() - kReportEvery;
    std::optional<Clock::time_point> end;
    while (!end || Clock::now() < *end) {
      if (ends_ && !end) end = Clock::now() + kLastSends;
      if (end && spool_.waiting().empty()) break;
      const Status news = ends_ ? Status() : look_for_news();  // each call may wait for the hub
      const Status sent = send_waiting();
      tell_trouble(news ? sent : news);
      hear_what_is_stored();
      if (!stop_) matches_.talk();
      if (matches_.part()) pause_ = true;
      if (!ends_ && Clock::now() - reported >= kReportEvery) {
        report();
        reported = Clock::now();
      }
      std::this_thread::sleep_for(ends_ || matches_.is_busy() ? kLeastPause : kLookEvery);
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
    const bool needs_none = news_ && news_->enough;
    const bool is_due = seconds_since(prepared_) > kPrepareEvery;
    if (stop_ || is_other || is_silent || needs_none || is_due || spool_.is_full()) pause_ = true;
    return found ? Status() : Status(found.error());
  }

  Status send_waiting() {
    const std::vector<std::uint64_t> waiting = spool_.waiting();
    for (const std::uint64_t number : waiting) {
      if (number <= outstanding_.sent()) continue;
      auto block = spool_.read(number);
      // The learner refuses an empty block, and waits no longer for it.
      if (!block) block = GameBlock{kWire, options_.name, number, 0, "", "", ""};
      block->oldest = waiting.front();
      PONNUKI_TRY(block->signature, signature_by(options_.key, signed_text(*block)));
      if (Status sent = link_.send(*block); !sent) {
        std::this_thread::sleep_for(pause_length_);
        pause_length_ = std::min<Clock::duration>(2 * pause_length_, kMostPause);
        return sent;
      }
      pause_length_ = kLeastPause;
      outstanding_.note_sent(number, Clock::now());
    }
    return {};
  }

  /// Troubles with the hub pass. They are told once.
  void tell_trouble(const Status& status) {
    if (!status.ok() == in_trouble_) return;
    in_trouble_ = !status;
    options_.say(status ? "the hub answers again"
                        : "the hub: " + status.error().message + "; trying again");
  }

  void hear_what_is_stored() {
    const auto stored = link_.stored();
    if (!stored) return;
    const auto now = Clock::now();
    if (knows_stored_ && *stored >= spool_.next()) {  // this machine has not come so far
      is_double_ = pause_ = true;
      return;
    }
    spool_.forget_up_to(*stored);  // also if the spool was lost: numbers go on
    knows_stored_ = true;
    outstanding_.note_stored(*stored, now);
    const std::uint64_t connections = link_.connections();
    if (std::exchange(connections_, connections) != connections) outstanding_.begin_anew(now);
    outstanding_.begin_anew_if_late(now);
  }

  void report() {
    const std::int64_t games = player_.games();
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
    options_.say(line);
  }

  Mutex say_mutex_;
  const WorkerOptions options_;
  WorkerLink& link_;
  Spool& spool_;
  const std::atomic<bool>&stop_, &hurry_;
  Player player_;
  MatchWork matches_;
  std::atomic<bool> pause_{false}, ends_{false};
  std::atomic<bool> is_double_{false};     // another machine sends blocks under the same name
  std::atomic<bool> knows_stored_{false};  // what the learner has stored of earlier blocks
  const Clock::time_point began_ = Clock::now();

  // The player's:
  std::string why_idle_, said_;
  // The sender's:
  Outstanding outstanding_{Clock::now()};
  std::uint64_t connections_ = 0;
  Clock::duration pause_length_ = kLeastPause;
  bool in_trouble_ = false;  // the hub did not answer

  Mutex mutex_;
  std::optional<Announcement> news_ PONNUKI_GUARDED_BY(mutex_);
  Announcement playing_ PONNUKI_GUARDED_BY(mutex_);
  Clock::time_point prepared_ PONNUKI_GUARDED_BY(mutex_) = Clock::now();
  Clock::time_point heard_ PONNUKI_GUARDED_BY(mutex_) = Clock::now();
};

}  // namespace

Status work(const WorkerOptions& options, WorkerLink& link, const std::atomic<bool>& stop,
            const std::atomic<bool>& hurry) {
  PONNUKI_TRY(const auto spool, Spool::open(options.folder, options.name));
  return WorkLoop(options, link, *spool, stop, hurry).run();
}

}  // namespace ponnuki::swarm
