#include "selfplay/run/game_history.h"

#include "engine/file.h"

namespace ponnuki::selfplay {
namespace {

constexpr std::uint64_t kRowsPurpose = 1;

}  // namespace

Random random_of(std::uint64_t seed, std::int64_t cycle, std::uint64_t purpose) {
  return Random(seed, static_cast<std::uint64_t>(cycle) * 16 + purpose);
}

void GameHistory::read(const RunDirectory& directory, const TrainingState& state,
                       const GameSource& source,
                       const std::function<void(const std::string&)>& say) {
  *this = GameHistory(options_);
  window_.set_total_rows(state.rows);
  std::int64_t rows = 0;
  for (std::int64_t cycle = 1; cycle <= state.cycle; ++cycle) {
    Random random = random_of(options_.seed, cycle, kRowsPurpose);
    const std::string path = directory.games_path(cycle);
    if (!file_exists(path)) continue;  // it was deleted in an earlier cycle
    auto file = read_games(path);
    if (!file) {
      say(file.error().message + "; its games are left out");
      continue;
    }
    if (!file->damage.empty()) say(file->damage);
    if (file->damage.empty() && file->games.empty()) say(path + ": has lost its games");
    source.take_out_withdrawn(cycle, *file);
    for (const auto& game : file->games) {
      rows += window_.add_again(game, random);
      fair_komi_.add(*game);
    }
    rows_after_.push_back({cycle, rows});
  }
  for (RowsAfter& after : rows_after_) after.rows += state.rows - rows;
}

std::int64_t GameHistory::add(const Games& games, std::int64_t cycle) {
  Random random = random_of(options_.seed, cycle, kRowsPurpose);
  const std::int64_t before = window_.total_rows();
  for (const auto& game : games) {
    window_.add(game, random);
    fair_komi_.add(*game);
  }
  rows_after_.push_back({cycle, window_.total_rows()});
  return window_.total_rows() - before;
}

void GameHistory::forget_old_games(const RunDirectory& directory) {
  const std::int64_t oldest_row = window_.total_rows() - window_.rows();
  while (!rows_after_.empty() && rows_after_.front().rows <= oldest_row) rows_after_.pop_front();
  if (!rows_after_.empty()) directory.forget_games_before(rows_after_.front().cycle);
}

Result<GamesFile> games_under_way(const RunDirectory& directory, std::int64_t cycle,
                                  const std::function<void(const std::string&)>& say) {
  const std::string path = directory.games_path(cycle);
  if (!file_exists(path)) return GamesFile{};
  auto file = read_games(path);
  if (file) {
    if (!file->damage.empty()) say(file->damage);
    return file;
  }
  PONNUKI_TRY(directory.expect_in_place());
  PONNUKI_TRY(const std::string aside, set_aside(path));
  say(file.error().message + "; it is now " + aside);
  return GamesFile{};
}

}  // namespace ponnuki::selfplay
