// Ownership averaged over a tree. Nodes do not store ownership, since it would take most of their
// memory. On demand, the nodes with the largest shares of the visits are evaluated again.
#pragma once

#include <vector>

#include "engine/position.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"

namespace ponnuki::search {

struct TreeOwnership {
  // area() values, row-major, +1 = the player to move at the root. Empty if the evaluator predicts
  // no ownership.
  std::vector<float> mean;
  std::vector<float> stdev;  // standard deviation over the tree
};

/// Computes it for the subtree at `node`, whose position is `position`. Blocks while it evaluates
/// at most `most_nodes` nodes. May be called while threads search.
TreeOwnership tree_ownership(const SearchCore& core, NodeId node, const Position& position,
                             int most_nodes);

}  // namespace ponnuki::search
