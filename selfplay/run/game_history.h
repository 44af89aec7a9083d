// GameHistory: the games of a run so far. It adds their rows to the replay window and their leads
// to the fair komi, and deletes files whose rows have all left the window.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "selfplay/games/fair_komi.h"
#include "selfplay/learning/replay_window.h"
#include "selfplay/records/record_file.h"
#include "selfplay/run/game_source.h"
#include "selfplay/run/run_directory.h"

namespace ponnuki::selfplay {

/// A random stream for one purpose in one cycle of a run. Purposes: 0 learning, 1 rows of the
/// window. (Games have streams of their own, game_seeds.h.)
Random random_of(std::uint64_t seed, std::int64_t cycle, std::uint64_t purpose);

class GameHistory {
 public:
  struct Options {
    WindowOptions window;
    double first_komi = 7;  // as long as there are no games
    std::uint64_t seed = 1;
  };
  explicit GameHistory(const Options& options)
      : options_(options), window_(options.window), fair_komi_(options.first_komi) {}

  const ReplayWindow& window() const { return window_; }
  double fair_komi(BoardSize size) const { return fair_komi_.of(size); }

  /// Reads the games of earlier cycles whose files exist, oldest first, without those that `source`
  /// has withdrawn. `say` is called with a line about each file that is damaged or cannot be read.
  /// A second call begins anew.
  void read(const RunDirectory& directory, const TrainingState& state, const GameSource& source,
            const std::function<void(const std::string&)>& say);
  /// Adds the games of a new cycle. Returns the number of rows.
  std::int64_t add(const Games& games, std::int64_t cycle);
  /// Deletes the games of cycles that have left the window.
  void forget_old_games(const RunDirectory& directory);

 private:
  /// The window's total number of rows after the games of a cycle were added.
  struct RowsAfter {
    std::int64_t cycle, rows;
  };

  Options options_;
  ReplayWindow window_;
  FairKomi fair_komi_;
  std::deque<RowsAfter> rows_after_;  // for cycles whose games are on disk
};

/// The games that are in the file of a cycle that is under way; none if there is no file. A file of
/// something else is set aside, so that the run goes on. `say` is called with a line about damage.
Result<GamesFile> games_under_way(const RunDirectory& directory, std::int64_t cycle,
                                  const std::function<void(const std::string&)>& say);

}  // namespace ponnuki::selfplay
