// Star points, as drawn on boards, and the fixed handicap points of the GTP 2 draft.
#pragma once

#include <vector>

#include "engine/types.h"

namespace ponnuki {

/// The largest fixed handicap for a size: 0 below 7 lines; 4 if a side is 7 or even; else 9.
int max_fixed_handicap(BoardSize size);
/// The points of a fixed handicap, row by row from the top. Requires 2 <= n <=
/// max_fixed_handicap().
std::vector<Point> fixed_handicap(BoardSize size, int n);
/// The star points to draw, row by row from the top; none on small boards.
std::vector<Point> star_points(BoardSize size);

}  // namespace ponnuki
