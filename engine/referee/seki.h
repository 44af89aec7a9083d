// Finds chains that live in seki.
#pragma once

#include <vector>

#include "engine/area.h"
#include "engine/point_set.h"

namespace ponnuki::referee {

/// Whether the chain at `head` has territory of its own beside it: a point that its player owns and
/// that has no stone of the player. The point of a dead stone of the opponent is such a point.
/// `owner` is the owner of each point after removal of the dead stones; `board` may still have
/// these stones. False if `board` has no stone at `head`.
bool has_territory(const Board& board, const AreaMap& owner, Point head);

/// The stones of all chains without territory that share a liberty with a chain of the opponent in
/// the same situation. Regions of many neutral points are no shared liberties: they are unfinished,
/// or stones in them are misjudged.
std::vector<Point> find_seki(const Board& board, const AreaMap& owner, const PointSet& dead);

}  // namespace ponnuki::referee
