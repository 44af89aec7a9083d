// Memory: the state of a session besides its game and its options.
#pragma once

#include <string>

#include "engine/random.h"
#include "engine/search/time_control.h"
#include "gtp/judge.h"

namespace ponnuki::gtp {

/// A value for Black and one for White.
template <typename T>
class PerPlayer {
 public:
  T& operator[](Color player) { return values_[player == Color::kWhite]; }

 private:
  T values_[2] = {};
};

struct Memory {
  explicit Memory(const Random& dice) : random(dice) {}

  // State of the game.
  Judge judge;
  PerPlayer<search::GameClock> clocks;
  /// The number of consecutive own turns with a winrate below the resignation threshold.
  PerPlayer<int> hopeless_turns;
  std::string explanation;  // for gomill-explain_last_move
  // Allows pondering after this command. Set by moves, reset by stop and undo.
  bool may_ponder = false;

  // State of the session.
  double thinking_seconds = 0;
  /// The longest time by which a recent search exceeded its limit. It is kept in reserve under a
  /// clock.
  double overshoot = 0;
  Random random;           // for levels
  std::string level_note;  // the last note about the level (level_note()); told once

  /// Prepares for another game. Its clocks start anew with the same settings.
  void forget_game();
  void set_clocks(const search::TimeSettings& settings);
};

}  // namespace ponnuki::gtp
