// Prepares the root of a search: its evaluation, noise, filters, and the update of a reused tree.
#pragma once

#include <vector>

#include "engine/evaluator.h"
#include "engine/random.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"
#include "engine/types.h"

namespace ponnuki::search {

/// The requests for core.root.position, under one symmetry or several. It must not move before it
/// is answered: the requests point into it.
struct RootEvaluation {
  RootEvaluation(const SearchCore& core, Random& random);
  RootEvaluation(const RootEvaluation&) = delete;
  RootEvaluation& operator=(const RootEvaluation&) = delete;

  std::vector<EvalRequest> requests;
  std::vector<Evaluation> answers;
};

/// Makes core.root ready for core.root.position, after the evaluation is answered: creates its node
/// or refreshes the one that is there. Returns true if the root was evaluated for the first time,
/// which counts as a visit.
bool prepare_root(SearchCore& core, RootEvaluation& evaluation, Random& random);

/// Makes the child that `move` leads to the root, and frees everything else. Returns its node, or
/// kNoNode, with an empty tree, if there is none. Does not change core.root.position. No search may
/// run, nor during the two below.
NodeId promote_child(SearchCore& core, NodeId root, Point move);

/// Recomputes all averages below a node, children first (when the score centre has moved).
void update_subtree(SearchCore& core, NodeId root);

/// Frees everything that `root` does not reach.
void collect_garbage(SearchCore& core, NodeId root);

}  // namespace ponnuki::search
