// Adjusts the chosen move at the end of the game, where passes matter. Pure functions.
#pragma once

#include <span>

#include "engine/area.h"
#include "engine/position.h"
#include "engine/search/choose.h"
#include "engine/types.h"

namespace ponnuki::search {

/// True for a move that cannot change the result, since it is inside pass-alive area. A move in the
/// player's own area is not useless while dead stones of the opponent remain in it: another referee
/// may count them as alive.
bool is_useless(const Position& position, Point move, const AreaMap& pass_alive);

struct GameEndChoice {
  Point chosen;                       // by visits and confidence bounds
  std::span<const ChoiceMove> moves;  // all visited moves
  const AreaMap& pass_alive;
};

/// Returns the move to play: `chosen`, or another one in its place. The adjustments apply only to
/// area scoring without a button:
///
///   1. A pass that ends the game and loses it is replaced by the best move that is not hopeless.
///   2. A pass is replaced by a move that helps to capture the opponent's dead stones in the
///      player's own pass-alive area (KataGo's cleanupBeforePass).
///   3. Under rules with friendly passing, instead of 1 and 2: the answer to a pass is a pass if it
///      costs nothing.
Point adjust_for_game_end(const Position& position, const GameEndChoice& choice);

}  // namespace ponnuki::search
