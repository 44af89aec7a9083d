// Free handicap stones, placed by the evaluator or by moves of Black. Fixed handicaps are in
// engine/star_points.h.
#pragma once

#include <span>
#include <vector>

#include "engine/board.h"
#include "engine/evaluator.h"
#include "engine/game.h"
#include "engine/result.h"
#include "engine/rules.h"

namespace ponnuki::gtp {

/// The largest free handicap: a third of the board.
int max_free_handicap(BoardSize size);
/// Returns exactly n points: first the fixed points, then the points where the evaluator prefers
/// Black to play. Requires 2 <= n <= max_free_handicap().
std::vector<Point> free_handicap(BoardSize size, int n, const Rules& rules, Evaluator& evaluator);

/// True if a stone of `player` now is a further handicap stone: Black moves again, and White has
/// neither a stone nor a move. Clients have Black place its handicap by repeated genmove.
bool places_handicap(const Game& game, Color player);

/// A board with black stones. Returns an error for repeated points or chains without liberties.
Result<Board> handicap_board(BoardSize size, std::span<const Point> stones);

}  // namespace ponnuki::gtp
