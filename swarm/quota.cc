#include "swarm/quota.h"

#include <algorithm>
#include <chrono>

namespace ponnuki::swarm {
namespace {

constexpr auto kPlaysNow = std::chrono::minutes(2);  // who has sent games within this time
constexpr double kRoom = 1.2;                        // more than all of the workers need together

}  // namespace

void Quota::begin(std::int64_t wanted) {
  wanted_ = wanted;
  total_ = 0;
  taken_.clear();
}

bool Quota::take(const std::string& worker, std::int64_t games, Clock::time_point now) {
  Taken& taken = taken_[worker];
  taken.last = now;
  const auto playing = static_cast<double>(std::ranges::count_if(
      taken_, [&](const auto& entry) { return now - entry.second.last <= kPlaysNow; }));
  const double share = std::max(most_share_, kRoom / playing);
  const auto all = static_cast<double>(std::max(wanted_, total_ + games));
  if (most_share_ < 1 && taken.games > 0 && static_cast<double>(taken.games) > share * all)
    return false;
  taken.games += games;
  total_ += games;
  return true;
}

}  // namespace ponnuki::swarm
