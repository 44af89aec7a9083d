// Reports on a tree: moves, variations and ownership. May be called while threads search: each node
// is read under its lock or through its atomic averages.
#pragma once

#include <vector>

#include "engine/search/analysis.h"
#include "engine/search/choose.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"
#include "engine/types.h"

namespace ponnuki::search {

/// The visited moves of a node with their selection values, in the order of their first visit.
std::vector<ChoiceMove> choice_moves(const SearchCore& core, const Node& node, bool is_root);

Analysis analyze_tree(const SearchCore& core, const AnalysisOptions& options);

/// Finds a child by its move; kNoNode if there is none.
NodeId child_by_move(const SearchCore& core, NodeId parent, Point move);

}  // namespace ponnuki::search
