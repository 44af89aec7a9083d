// Finds chains that live in seki.
#pragma once

#include <vector>

#include "engine/area.h"

namespace ponnuki::referee {

/// The stones of all chains that touch no territory of their own but share a liberty with a chain
/// of the opponent in the same situation. `owner` is the owner of each point after removal of the
/// dead stones.
std::vector<Point> find_seki(const Board& board, const AreaMap& owner,
                             const std::vector<Point>& dead);

}  // namespace ponnuki::referee
