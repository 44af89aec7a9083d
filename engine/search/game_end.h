// Adjusts the chosen move at the end of the game, where passes matter.
#pragma once

#include <optional>
#include <span>

#include "engine/area.h"
#include "engine/position.h"
#include "engine/search/choose.h"
#include "engine/search/pass_outlook.h"
#include "engine/types.h"

namespace ponnuki::search {

/// True for a move that cannot change the result, since it is inside pass-alive area. A move in the
/// player's own area is not useless while dead stones of the opponent remain in it: another referee
/// may count them as alive.
bool is_useless(const Position& position, Point move, const AreaMap& pass_alive);

struct GameEndChoice {
  Point chosen;                       // by visits and confidence bounds
  Point likeliest;                    // on the board, by prior; a pass if there is none
  std::span<const ChoiceMove> moves;  // all visited moves
  const AreaMap& pass_alive;
  LatePassOutlook* pass;  // null: a pass is not allowed, or nothing to ask
  Evaluator& evaluator;
};

/// Returns the move to play: `chosen`, or another one in its place.
///
///   1. A pass while the board is open gives way to the best move on the board.
///   2. Where dead stones need not be captured (territory scoring, friendly passing) and the board
///      is not open, the answer to a pass is the best move that gains something over the score as it
///      stands, or a pass. Under territory scoring no move fills own territory for nothing, even if
///      the opponent has not passed. If the board is neither open nor settled, this holds only where
///      the chosen move is in own territory: then the search too has found nothing elsewhere.
///   3. Under other area rules without a button, a pass that ends the game and loses it is replaced
///      by the best move that is not hopeless.
///   4. Under these rules a pass is also replaced by a move that helps to capture the opponent's
///      dead stones in the player's own pass-alive area (KataGo's cleanupBeforePass).
Point adjust_for_game_end(const Position& position, const GameEndChoice& choice);

}  // namespace ponnuki::search
