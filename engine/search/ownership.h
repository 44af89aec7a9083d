// Who will own what, averaged over a tree. Nodes keep no ownership (it would be most of their
// memory): the nodes with the largest shares of the visits are evaluated again when somebody asks.
#pragma once

#include <vector>

#include "engine/position.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"

namespace ponnuki::search {

struct TreeOwnership {
  // area() values, row-major, +1 = the player to move at the ROOT; empty where the evaluator has no
  // ownership to tell.
  std::vector<float> mean;
  std::vector<float> stdev;  // over the tree
};

/// Of the subtree at `node`, whose position is `position`; evaluates at most `most_nodes`. Safe
/// while threads search.
TreeOwnership tree_ownership(const SearchCore& core, NodeId node, const Position& position,
                             int most_nodes);

}  // namespace ponnuki::search
