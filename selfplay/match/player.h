// Player: one side of a match game: a GTP program (selfplay/match/gtp_player.h), or a script in tests.
#pragma once

#include <optional>
#include <string>

#include "engine/position.h"
#include "selfplay/match/gtp_client.h"

namespace ponnuki::selfplay {

/// As in GTP's time_settings: main time, then byo_stones moves in each period of byo_seconds. All
/// 0: no clock.
struct TimeControl {
  double main_seconds = 0;
  double byo_seconds = 0;
  int byo_stones = 0;
  bool none() const { return main_seconds <= 0 && byo_seconds <= 0; }
};

/// The time that a player has left, as in GTP's time_left.
struct TimeLeft {
  double seconds = 0;
  int stones = 0;  // 0 in main time
};

/// The clock of a player when it begins to think.
struct ClockView {
  TimeLeft left;
  // A move that takes longer loses: the seconds left and, in main time, the first period of
  // byo-yomi.
  double longest_move = 0;
};

class Player {
 public:
  virtual ~Player() = default;
  /// For example "GNU Go 3.8". Requires a call of start_game().
  virtual std::string name() const = 0;
  /// Starts a new game from an empty board under the rules of `start`.
  virtual GtpReply start_game(const Position& start, const TimeControl& time) = 0;
  /// Receives a move of the opponent or of an opening.
  virtual GtpReply play(Move move) = 0;
  /// The reply is a vertex, "pass" or "resign". Does not wait much longer than the clock allows;
  /// nothing: there is no clock.
  virtual GtpReply genmove(Color color, const std::optional<ClockView>& clock) = 0;
  /// The score that this player claims after the game ("W+3.5"), or "" if it claims none.
  virtual std::string final_score() = 0;
};

}  // namespace ponnuki::selfplay
