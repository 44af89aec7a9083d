#include "swarm/match_work.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace ponnuki::swarm {
namespace {

using namespace std::chrono_literals;

constexpr auto kAskEvery = 3s;
constexpr auto kRarely = 60s;      // where asking or playing fails
constexpr auto kTellEvery = 15s;   // well below MatchDesk::kLease
constexpr auto kBringFor = 10min;  // before games that nobody wants are dropped

}  // namespace

void MatchWork::talk() {
  const auto [part, played, since] = [&] {
    const MutexLock lock(mutex_);
    return std::tuple(part_, played_, since_);
  }();
  if (played) {
    if (!bring(*played, part->terms.size) && Clock::now() - since < kBringFor) return;
    const MutexLock lock(mutex_);
    part_.reset();
    played_.reset();
    next_ = {};  // there may be more
  }
  if (!is_due()) return;
  if (!part || played) return ask();
  static_cast<void>(link_.tell_progress());  // the next one may be heard
  wait(kTellEvery);
}

Status MatchWork::bring(PlayedPart part, BoardSize size) {
  PONNUKI_TRY(part.signature, signature_by(key_, signed_text(part, worker_, size)));
  return link_.bring(part, size);
}

void MatchWork::ask() {
  auto part = link_.take_part(games_);
  ask_pause_ =
      part ? Clock::duration(kAskEvery) : std::min<Clock::duration>(2 * ask_pause_, kRarely);
  wait(part && *part ? Clock::duration(kTellEvery) : ask_pause_);
  if (!part) return;
  const MutexLock lock(mutex_);
  part_ = std::move(*part);
}

bool MatchWork::is_due() const {
  const MutexLock lock(mutex_);
  return Clock::now() >= next_;
}

void MatchWork::wait(Clock::duration time) {
  const MutexLock lock(mutex_);
  next_ = Clock::now() + time;
}

bool MatchWork::is_busy() const {
  const MutexLock lock(mutex_);
  return part_.has_value();
}

std::optional<MatchPart> MatchWork::part() const {
  const MutexLock lock(mutex_);
  return played_ ? std::nullopt : part_;
}

void MatchWork::end(std::optional<PlayedPart> played) {
  const MutexLock lock(mutex_);
  if (!played) {
    part_.reset();
    next_ = Clock::now() + kRarely;
  }
  played_ = std::move(played);
  since_ = Clock::now();
}

}  // namespace ponnuki::swarm
