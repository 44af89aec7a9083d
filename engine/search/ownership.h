// Ownership averaged over a tree. Nodes do not store ownership, which would be most of their
// memory. On demand, the nodes with the largest shares of the visits are evaluated again.
#pragma once

#include <vector>

#include "engine/position.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"

namespace ponnuki::search {

struct TreeOwnership {
  // area() values, row-major, +1 = the player to move at the ROOT; empty if the evaluator gives no
  // ownership.
  std::vector<float> mean;
  std::vector<float> stdev;  // over the tree
};

/// For the subtree at `node`, whose position is `position`. Blocks while it evaluates at most
/// `most_nodes` nodes. Safe while threads search.
TreeOwnership tree_ownership(const SearchCore& core, NodeId node, const Position& position,
                             int most_nodes);

}  // namespace ponnuki::search
