// Finds the dead stones of a finished game from the rules alone: the stones that are lost in random
// playouts. When only captures are left to play, and players do not fill their own eyes, random
// moves capture the stones that the players had no need to capture. (B. Bouzy and B. Helmstetter,
// Monte-Carlo Go Developments, 2003, estimate the owners of points in this way.)
#pragma once

#include <vector>

#include "engine/position.h"

namespace ponnuki::referee {

/// Returns one stone of each dead chain, as score_with_dead() takes them. A chain is dead if the
/// opponent owns its points in at least two thirds of the playouts. The result depends on board and
/// rules only.
std::vector<Point> dead_by_playouts(const Position& end);

}  // namespace ponnuki::referee
