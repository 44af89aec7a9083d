// Game clocks: absolute, Canadian, Japanese byo-yomi and Fischer, and the time to spend on a move
// so that the flag never falls. All times in seconds.
#pragma once

#include <limits>

#include "engine/types.h"

namespace ponnuki::search {

enum class TimeSystem { kNone, kAbsolute, kCanadian, kByoYomi, kFischer };

struct TimeSettings {
  TimeSystem system = TimeSystem::kNone;
  double main_seconds = 0;
  double period_seconds = 0;  // Canadian, byo-yomi: length of an overtime period
  int period_stones = 1;      // Canadian: moves to make in a period
  int periods = 1;            // byo-yomi: periods, one of which is lost by overstepping it
  double increment = 0;       // Fischer: added after each move
  double main_limit = std::numeric_limits<double>::infinity();  // Fischer: main time is cut to this
  double move_limit = std::numeric_limits<double>::infinity();  // Fischer: the most for one move
};

/// One player's clock. spend() counts it down; set_left() sets it to the server's clock.
class GameClock {
 public:
  GameClock() = default;  // no limit
  explicit GameClock(const TimeSettings& settings);

  const TimeSettings& settings() const { return settings_; }
  bool limited() const { return settings_.system != TimeSystem::kNone; }

  /// As GTP's time_left tells it: `stones` 0 in main time, else the moves left in the Canadian
  /// period or, as KGS does, the byo-yomi periods left.
  void set_left(double seconds, int stones);
  /// The player has made a move after thinking for `seconds`.
  void spend(double seconds);

  /// Time to spend on the next move: infinite without a limit, never negative. `moves_left`: own
  /// moves that the game may still take; `reserve`: time kept back for the delay to the server.
  double seconds_for_move(int moves_left, double reserve) const;
  /// Time until the flag falls (or the last period ends) if no move is made.
  double seconds_until_loss() const;

 private:
  bool has_overtime() const;

  TimeSettings settings_;
  double main_left_ = 0;
  bool in_overtime_ = false;
  double period_left_ = 0;
  int stones_left_ = 0;   // Canadian
  int periods_left_ = 0;  // byo-yomi, with the present one
};

/// Own moves that a game of this size may still take after `move_count` moves of both players.
int expected_moves_left(BoardSize size, int move_count);

}  // namespace ponnuki::search
