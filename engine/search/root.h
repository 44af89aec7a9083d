// Prepares the root of a search: its evaluation, noise, filters, and the update of a reused tree.
#pragma once

#include <optional>
#include <vector>

#include "engine/evaluator.h"
#include "engine/random.h"
#include "engine/search/core.h"
#include "engine/search/tree.h"
#include "engine/types.h"

namespace ponnuki::search {

/// The requests for core.root.position, under one symmetry or several, and for the opponent to
/// move first if the outlook of a pass matters (pass_outlook.h). The object must not move
/// before the requests are answered, since they point into it.
struct RootEvaluation {
  RootEvaluation(const SearchCore& core, Random& random);
  RootEvaluation(const RootEvaluation&) = delete;
  RootEvaluation& operator=(const RootEvaluation&) = delete;

  std::vector<EvalRequest> requests;
  std::vector<Evaluation> answers;
  // Only if asks_about_pass(): the last request, for the opponent to move first.
  std::optional<Position> opponent_first;
  Evaluation opponent_answer;
};

/// Prepares core.root for core.root.position, after the evaluation is answered: creates its node or
/// refreshes the existing one. Returns true if the root was evaluated for the first time, which
/// counts as a visit.
bool prepare_root(SearchCore& core, RootEvaluation& evaluation, Random& random);

/// Makes the child that `move` leads to the root, and frees everything else. Returns its node; if
/// there is none, empties the tree and returns kNoNode. Does not change core.root.position. No
/// search may run during this function and the two below.
NodeId promote_child(SearchCore& core, NodeId root, Point move);

/// Recomputes all averages below a node, children first. Needed when the score centre has moved.
void update_subtree(SearchCore& core, NodeId root);

/// Frees all nodes that cannot be reached from `root`.
void collect_garbage(SearchCore& core, NodeId root);

}  // namespace ponnuki::search
