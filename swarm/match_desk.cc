#include "swarm/match_desk.h"

#include <algorithm>
#include <set>
#include <utility>

namespace ponnuki::swarm {

MatchDesk::MatchDesk(MatchPart whole, Checks checks)
    : whole_(std::move(whole)),
      openings_(selfplay::generate_openings(whole_.terms.size, (whole_.games + 1) / 2,
                                            whole_.terms.seed)),
      checks_(std::move(checks)),
      pairs_(static_cast<std::size_t>((whole_.games + 1) / 2)) {}

/// The end of a run of pairs from this one on, as long as they fit.
std::size_t MatchDesk::run_from(std::size_t begin, int games,
                                const std::function<bool(const Pair&)>& fits) const {
  const std::size_t most = begin + static_cast<std::size_t>(std::max(games / 2, 1));
  std::size_t end = begin;
  while (end < std::min(most, pairs_.size()) && fits(pairs_[end])) ++end;
  return end;
}

MatchPart MatchDesk::hand_out(std::size_t begin, std::size_t end, const std::string& worker,
                              Clock::time_point now) {
  for (std::size_t i = begin; i < end; ++i) pairs_[i] = {worker, now, now + kLease, false};
  MatchPart part = whole_;
  part.first = static_cast<int>(2 * begin);
  part.games = std::min(static_cast<int>(2 * end), whole_.games) - part.first;
  for (std::size_t i = begin; i < end; ++i) part.openings.push_back(openings_[i]);
  return part;
}

std::optional<MatchPart> MatchDesk::take(const std::string& worker, int games,
                                         Clock::time_point now) {
  if (checks_.is_trusted && !checks_.is_trusted(worker)) return std::nullopt;
  const MutexLock lock(mutex_);
  const auto is_free = [&](const Pair& pair) { return pair.is_free(now); };
  const auto first = std::ranges::find_if(pairs_, is_free);
  if (first == pairs_.end()) return std::nullopt;
  const auto begin = static_cast<std::size_t>(first - pairs_.begin());
  return hand_out(begin, run_from(begin, games, is_free), worker, now);
}

std::optional<MatchPart> MatchDesk::take_late(const std::string& worker, int games,
                                              Clock::time_point now) {
  const MutexLock lock(mutex_);
  const auto is_others = [&](const Pair& pair) { return !pair.is_done && pair.player != worker; };
  std::optional<std::size_t> latest;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (is_others(pairs_[i]) && (!latest || pairs_[i].taken < pairs_[*latest].taken)) latest = i;
  }
  if (!latest) return std::nullopt;
  return hand_out(*latest, run_from(*latest, games, is_others), worker, now);
}

void MatchDesk::note_progress(const std::string& worker, Clock::time_point now) {
  const MutexLock lock(mutex_);
  for (Pair& pair : pairs_) {
    if (pair.player == worker && !pair.is_done) pair.until = now + kLease;
  }
}

/// The games of pairs that are new and whole.
std::vector<selfplay::NetMatchGame> MatchDesk::new_games(const PlayedPart& part) const {
  std::map<int, std::vector<selfplay::NetMatchGame>> by_pair;
  for (const selfplay::NetMatchGame& game : part.games) {
    if (game.number >= 0 && game.number < whole_.games) by_pair[game.number / 2].push_back(game);
  }
  std::vector<selfplay::NetMatchGame> all;
  for (const auto& [pair, games] : by_pair) {
    const bool is_whole = static_cast<int>(games.size()) == std::min(2, whole_.games - 2 * pair);
    if (is_whole && !pairs_[static_cast<std::size_t>(pair)].is_done)
      all.insert(all.end(), games.begin(), games.end());
  }
  return all;
}

Status MatchDesk::count(const std::string& worker, const PlayedPart& part) {
  if (part.match != whole_.match) return Error{"the match is over"};
  if (checks_.is_trusted && !checks_.is_trusted(worker)) return Error{"not trusted"};
  if (checks_.has_signed && !checks_.has_signed(worker, part))
    return Error{"its worker has not signed it"};
  std::set<int> numbers;
  for (const selfplay::NetMatchGame& game : part.games) {
    if (!numbers.insert(game.number).second) return Error{"a game is there twice"};
  }
  const MutexLock lock(mutex_);
  const auto games = new_games(part);
  PONNUKI_TRY(const selfplay::Tally tally, selfplay::tally_of(games, whole_.terms, openings_));
  for (const auto& game : games) pairs_[static_cast<std::size_t>(game.number / 2)].is_done = true;
  tally_.wins += tally.wins;
  tally_.draws += tally.draws;
  tally_.losses += tally.losses;
  shares_[worker] += tally.games();
  return {};
}

bool MatchDesk::is_over() const { return tally().games() == whole_.games; }

selfplay::Tally MatchDesk::tally() const {
  const MutexLock lock(mutex_);
  return tally_;
}

std::map<std::string, int> MatchDesk::shares() const {
  const MutexLock lock(mutex_);
  return shares_;
}

}  // namespace ponnuki::swarm
