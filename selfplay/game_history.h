// GameHistory: the games of a run so far, as the run uses them: rows for the replay window, leads
// for the fair komi, and files that are deleted once all their rows have left the window.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>

#include "selfplay/fair_komi.h"
#include "selfplay/record_file.h"
#include "selfplay/replay_window.h"
#include "selfplay/run_directory.h"

namespace ponnuki::selfplay {

/// Random numbers for one purpose in one cycle of a run. Purposes: 0 learning, 1 rows of the
/// window, 2 and up the games of each thread.
Random random_of(std::uint64_t seed, std::int64_t cycle, std::uint64_t purpose);

class GameHistory {
 public:
  struct Options {
    WindowOptions window;
    double first_komi = 7;  // until there are games
    std::uint64_t seed = 1;
  };
  explicit GameHistory(const Options& options)
      : window_(options.window), fair_komi_(options.first_komi), seed_(options.seed) {}

  const ReplayWindow& window() const { return window_; }
  double fair_komi(BoardSize size) const { return fair_komi_.of(size); }

  /// Reads the games of earlier cycles, oldest first, as far as their files are there. `say` gets a
  /// line about each damaged file.
  void read(const RunDirectory& directory, const TrainingState& state,
            const std::function<void(const std::string&)>& say);
  /// Adds the games of a new cycle; returns the number of rows.
  std::int64_t add(const Games& games, std::int64_t cycle);
  /// Deletes the games of cycles that have left the window.
  void forget_old_games(const RunDirectory& directory);

 private:
  /// Rows of the window's total once a cycle's games were in it.
  struct RowsAfter {
    std::int64_t cycle, rows;
  };

  ReplayWindow window_;
  FairKomi fair_komi_;
  std::uint64_t seed_;
  std::deque<RowsAfter> rows_after_;  // of cycles whose games are on the disk
};

}  // namespace ponnuki::selfplay
