// The line of play that leads to a position of a record.
#pragma once

#include <vector>

#include "engine/game.h"
#include "review/game_tree.h"

namespace ponnuki::web {

/// From the last setup of stones before the position, or from the start of the record.
Game game_at(const review::GameTree& tree, int node);

/// The nodes from the start to `node`, and on along first moves to the end.
std::vector<int> line_through(const review::GameTree& tree, int node);

}  // namespace ponnuki::web
