// Memory: what a session remembers beside its game and its options.
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

  // Of the game.
  Judge judge;
  PerPlayer<search::GameClock> clocks;
  /// Own turns in a row after which the winrate was below the resignation threshold.
  PerPlayer<int> hopeless_turns;
  std::string explanation;  // of the last move, for gomill-explain_last_move
  bool may_ponder = false;  // after this command: set by moves, reset by stop and undo

  // Of the session.
  double thinking_seconds = 0;
  /// The most by which a search has lately outlasted its time; kept in reserve under a clock.
  double overshoot = 0;
  Random random;  // the dice of levels

  /// Another game begins: its clocks start anew with their settings.
  void forget_game();
  void set_clocks(const search::TimeSettings& settings);
};

}  // namespace ponnuki::gtp
