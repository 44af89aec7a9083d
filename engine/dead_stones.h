// Dead stones of a game that has ended, from the rules alone: stones that random playouts lose.
// Where nothing is left to play but to capture them, and those who own an eye do not fill it,
// chance does what players had no need to do. (B. Bouzy and B. Helmstetter, Monte-Carlo Go
// Developments, 2003, estimate owners by it.)
#pragma once

#include <vector>

#include "engine/position.h"

namespace ponnuki {

/// A stone of each dead chain, as score_with_dead() takes them: the opponent owns its points in two
/// playouts of three or more. The same for the same board and rules.
std::vector<Point> dead_stones(const Position& end);

}  // namespace ponnuki
