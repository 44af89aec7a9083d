// Game clocks (absolute, Canadian, Japanese byo-yomi and Fischer) and the time to spend on a move
// so that the clock never runs out. All times are in seconds.
#pragma once

#include <limits>

#include "engine/types.h"

namespace ponnuki::search {

enum class TimeSystem { kNone, kAbsolute, kCanadian, kByoYomi, kFischer };

struct TimeSettings {
  TimeSystem system = TimeSystem::kNone;
  double main_seconds = 0;
  double period_seconds = 0;  // Canadian, byo-yomi: length of an overtime period
  int period_stones = 1;      // Canadian: moves to play in each period
  // Byo-yomi: number of periods. Exceeding a period loses it.
  int periods = 1;
  double increment = 0;  // Fischer: added after each move
  // Fischer: the upper limit of the main time.
  double main_limit = std::numeric_limits<double>::infinity();
  // Fischer: the upper limit for one move.
  double move_limit = std::numeric_limits<double>::infinity();
};

/// One player's clock. spend() counts it down; set_left() sets it to the server's clock.
class GameClock {
 public:
  GameClock() = default;  // no limit
  explicit GameClock(const TimeSettings& settings);

  const TimeSettings& settings() const { return settings_; }
  /// The clock at the start of another game.
  GameClock restarted() const { return guessed_ ? GameClock() : GameClock(settings_); }
  bool limited() const { return settings_.system != TimeSystem::kNone; }

  /// Sets the clock as GTP's time_left does. `stones` is 0 in main time; otherwise the number of
  /// moves left in the Canadian period or, as KGS uses it, of byo-yomi periods left. If no time
  /// settings are known, the clock guesses them until the game ends: main time alone, or in
  /// overtime a Canadian period, which is never longer than what the server means.
  void set_left(double seconds, int stones);
  /// What set_left() sets.
  struct Left {
    double seconds;
    int stones;
  };
  Left left() const;
  /// Subtracts the `seconds` that the player took for a move.
  void spend(double seconds);

  /// The time to spend on the next move: infinite without a limit, never negative. `moves_left` is
  /// the number of own moves that the game may still take; `reserve` is time kept back for the
  /// delay to the server.
  double seconds_for_move(int moves_left, double reserve) const;
  /// The time until the clock runs out (or the last period ends) if no move is played.
  double seconds_until_loss() const;

 private:
  bool has_overtime() const;
  void guess_settings(double seconds, int stones);

  TimeSettings settings_;
  bool guessed_ = false;  // settings_ are guessed from time_left
  double main_left_ = 0;
  bool in_overtime_ = false;
  double period_left_ = 0;
  int stones_left_ = 0;   // Canadian
  int periods_left_ = 0;  // byo-yomi, including the current one
};

/// The own moves that a game of this size may still take after `move_count` moves of both players.
int expected_moves_left(BoardSize size, int move_count);

}  // namespace ponnuki::search
