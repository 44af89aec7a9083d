#include "web/server/knowledge.h"

#include <array>

#include "engine/search/limits.h"

namespace ponnuki::web {
namespace {

constexpr std::array<std::int64_t, 9> kEfforts = {1, 8, 25, 100, 400, 1600, 6400, 25'600, 102'400};

review::Effort effort_of(std::int64_t visits) { return review::Effort::of({.visits = visits}); }

}  // namespace

std::optional<review::Assessment> Knowledge::find(const Position& position,
                                                  std::int64_t least) const {
  const MutexLock lock(mutex_);
  for (auto visits = kEfforts.rbegin(); visits != kEfforts.rend(); ++visits) {
    auto found = cache_.find(position, effort_of(*visits));
    if (found && (found->visits >= least || found->is_result)) return found;
  }
  return std::nullopt;
}

Status Knowledge::add(const Position& position, review::Assessment finding) {
  if (const auto known = find(position, 0); known && known->visits >= finding.visits) return {};
  std::int64_t reached = 0;
  for (const std::int64_t visits : kEfforts) {
    if (visits <= finding.visits) reached = visits;
  }
  if (reached == 0) return {};
  finding.effort = effort_of(reached);
  const MutexLock lock(mutex_);
  return cache_.add(position, finding);
}

}  // namespace ponnuki::web
