// Handicap stones: the fixed points of the GTP 2 draft, and free placement by the evaluator.
#pragma once

#include <span>
#include <vector>

#include "engine/board.h"
#include "engine/evaluator.h"
#include "engine/result.h"
#include "engine/rules.h"

namespace ponnuki {

/// The largest fixed handicap of a size: 0 below 7 lines; 4 where a side is 7 or even; else 9.
int max_fixed_handicap(BoardSize size);
/// The points of a fixed handicap, row by row from the top. Requires 2 <= n <=
/// max_fixed_handicap().
std::vector<Point> fixed_handicap(BoardSize size, int n);
/// The points that boards are drawn with; none on small boards.
std::vector<Point> star_points(BoardSize size);

/// The largest free handicap: a third of the board.
int max_free_handicap(BoardSize size);
/// Exactly n points: the fixed ones as far as they go, then where the evaluator would like Black to
/// play. Requires 2 <= n <= max_free_handicap().
std::vector<Point> free_handicap(BoardSize size, int n, const Rules& rules, Evaluator& evaluator);

/// A board with black stones; an error for repeated points or chains without liberties.
Result<Board> handicap_board(BoardSize size, std::span<const Point> stones);

}  // namespace ponnuki
