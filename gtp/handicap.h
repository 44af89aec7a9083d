// Free handicap stones, placed by the evaluator. The fixed ones are in engine/star_points.h.
#pragma once

#include <span>
#include <vector>

#include "engine/board.h"
#include "engine/evaluator.h"
#include "engine/result.h"
#include "engine/rules.h"

namespace ponnuki::gtp {

/// The largest free handicap: a third of the board.
int max_free_handicap(BoardSize size);
/// Exactly n points: the fixed ones as far as they go, then where the evaluator would like Black to
/// play. Requires 2 <= n <= max_free_handicap().
std::vector<Point> free_handicap(BoardSize size, int n, const Rules& rules, Evaluator& evaluator);

/// A board with black stones; an error for repeated points or chains without liberties.
Result<Board> handicap_board(BoardSize size, std::span<const Point> stones);

}  // namespace ponnuki::gtp
