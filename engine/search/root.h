// Preparing a search at its root: evaluates it, applies noise and filters, and brings a tree that
// is reused up to date.
#pragma once

#include <vector>

#include "engine/evaluator.h"
#include "engine/random.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"
#include "engine/types.h"

namespace ponnuki::search {

/// What is asked about core.root.position, under one symmetry or several. It stays where it is
/// until it is answered: the requests point into it.
struct RootQuestion {
  RootQuestion(const SearchCore& core, Random& random);
  RootQuestion(const RootQuestion&) = delete;
  RootQuestion& operator=(const RootQuestion&) = delete;

  std::vector<EvalRequest> requests;
  std::vector<Evaluation> answers;
};

/// Makes core.root ready for core.root.position, now that the question is answered: creates its
/// node or refreshes the one that is there. Returns true if the root was evaluated for the first
/// time, which counts as a visit.
bool prepare_root(SearchCore& core, RootQuestion& question, Random& random);

/// The child that `move` leads to becomes the root; everything else is freed. kNoNode, with an
/// empty tree, if there is none. Does not change core.root.position.
NodeId promote_child(SearchCore& core, NodeId root, Point move);

/// Recomputes all averages below a node, children first (when the score centre has moved).
void update_subtree(SearchCore& core, NodeId root);

/// Frees everything that `root` does not reach.
void collect_garbage(SearchCore& core, NodeId root);

}  // namespace ponnuki::search
