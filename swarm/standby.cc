#include "swarm/standby.h"

#include <chrono>
#include <thread>

#include "engine/clock.h"
#include "engine/file.h"
#include "engine/random_token.h"
#include "swarm/folder_mirror.h"
#include "swarm/journal.h"

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr double kAskAgain = 30;  // seconds, if no snapshot comes

class Follower {
 public:
  Follower(JournalLink& link, FolderMirror mirror,
           const std::function<void(const std::string&)>& say)
      : link_(link), mirror_(std::move(mirror)), next_(mirror_.place() + 1), say_(say) {}

  /// Takes what is new. Returns an error only if the folder cannot be used.
  Status follow() {
    const auto range = link_.range();
    if (!range) {
      tell("the hub: " + range.error().message + "; trying again");
      heard_ = Clock::now();  // nobody can know whether the learner lives
      return {};
    }
    if (next_ < range->first || next_ > range->last + 1) restart(*range);
    ask_for_snapshot();
    while (next_ <= range->last) {
      const auto entry = link_.read(next_);
      if (!entry) return {};
      if (*entry) PONNUKI_TRY(mirror_.apply(std::move(**entry), next_));
      ++next_;
      heard_ = Clock::now();
    }
    if (mirror_.is_whole()) tell("standing by with a copy of the run");
    return {};
  }

  /// Whether this process has become the holder.
  bool take_over(const std::string& holder) {
    if (!mirror_.is_whole() || seconds_since(heard_) < kLeaseSeconds) return false;
    JournalEntry beat;
    beat.holder = holder;
    const auto number = link_.append(beat, next_ - 1);
    return number && *number;
  }

 private:
  /// The hub has forgotten what this folder needs, or everything.
  void restart(const JournalLink::Range& range) {
    mirror_.begin_anew();
    next_ = std::max<std::uint64_t>(range.first, 1);
    asked_ = {};
  }

  void ask_for_snapshot() {
    if (mirror_.is_whole() || seconds_since(asked_) < kAskAgain) return;
    tell("waiting for a copy of the run");
    if (link_.ask_for_snapshot(mirror_.token())) asked_ = Clock::now();
  }

  void tell(const std::string& line) {
    if (line != told_) say_(line);
    told_ = line;
  }

  JournalLink& link_;
  FolderMirror mirror_;
  std::uint64_t next_;  // the number of the next entry
  const std::function<void(const std::string&)>& say_;
  std::string told_;
  Clock::time_point heard_ = Clock::now(), asked_{};
};

}  // namespace

Result<bool> stand_by(JournalLink& link, const std::string& folder, const std::atomic<bool>& stop,
                      const std::function<void(const std::string& line)>& say) {
  PONNUKI_TRY(FolderMirror mirror, FolderMirror::open(folder));
  const std::string holder = random_token();
  PONNUKI_TRY(write_file_atomically(holder_path(folder), holder + "\n"));
  Follower follower(link, std::move(mirror), say);
  while (!stop) {
    PONNUKI_TRY(follower.follow());
    if (follower.take_over(holder)) {
      say("the learner is silent: taking over");
      return true;
    }
    std::this_thread::sleep_for(500ms);
  }
  return false;
}

}  // namespace ponnuki::swarm
