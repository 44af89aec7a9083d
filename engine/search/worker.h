// SearchWorker: makes playouts, one at a time. Each playout consists of three steps:
//
//   1. select   from the root along the best children to a position without evaluation
//   2. expand   it: with the evaluator's answer, or the referee's if the game is over
//   3. back up  along the path
//
// Between 1 and 2 the playout waits for the evaluator, so that a thread with several workers
// (engine/search/search_thread.h) can have all their leaves evaluated in one batch.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/evaluator.h"
#include "engine/mutex.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/search/child_weights.h"
#include "engine/search/core.h"
#include "engine/search/puct.h"
#include "engine/search/tree.h"
#include "engine/types.h"

namespace ponnuki::search {

class SearchWorker {
 public:
  /// The workers of one search need different streams.
  SearchWorker(SearchCore& core, std::uint64_t stream);

  /// Selects. `visits_left` is an upper bound on the visits still to come. Returns the request, if
  /// any, that the evaluator must answer before finish_playout(). The request is valid until then.
  std::optional<EvalRequest> begin_playout(double visits_left);

  enum class Outcome {
    kCounted,
    // An additional visit of a pass or of a move beside it (consider_pass()); limits do not count
    // it.
    kExtra,
    // Another playout is evaluating the leaf; limits do not count the visit.
    kCollision,
  };
  /// Expands and backs up.
  Outcome finish_playout();

 private:
  /// How selection ended, at node().
  enum class End {
    kNew,      // not evaluated yet; claimed by this playout
    kOver,     // the game is over
    kNoMoves,  // no move may be played
    // Nothing to expand: the edge has fewer visits than its child, or closes a cycle.
    kKnown,
    // On this path, superko forbids a move of a node that is shared with another path.
    kIllegal,
    kCollision,  // another playout is evaluating it
  };
  struct Step {
    NodeId parent;
    int edge;
    NodeId child;
    // False if the visit counts in the child but not in the parent.
    bool counted;
  };
  /// The child that selection will visit.
  struct Pick {
    int edge = -1;        // index, or edge_count for a new edge
    Candidate candidate;  // of a new edge
    bool counted = true;
    bool widen = false;  // no kept candidate is left: more must be evaluated
  };

  End select();
  std::optional<End> descend();
  bool must_ask() const;
  void expand();
  void back_up();

  // Parts of descend().
  Pick pick_child(const Node& node) PONNUKI_REQUIRES(node.lock);
  ChildrenTotals view_children(const Node& node, const ParentView& parent)
      PONNUKI_REQUIRES(node.lock);
  double wide_root_value(const ChildView& child, double utility, double scale);
  const Candidate* next_candidate(const Node& node) const PONNUKI_REQUIRES(node.lock);
  void consider_pass(const Node& node, const Candidate* next, Pick& pick) const
      PONNUKI_REQUIRES(node.lock);
  bool is_futile(const ChildView& child, const ParentView& parent, double most_weight) const;
  bool is_forced(const ChildView& child, double weight) const;
  bool is_allowed(Point move) const;
  void forbid(Node& node, Point move) PONNUKI_REQUIRES(node.lock);
  std::uint64_t bias_key_of(Point move) const;
  NodeId child_after(std::uint64_t parent_key, std::uint64_t bias_key);
  bool play(const Node& node, Point move);
  void widen(Node& node) PONNUKI_EXCLUDES(node.lock);

  bool is_root() const { return steps_.empty(); }
  NodeId node() const { return steps_.empty() ? core_.root.node : steps_.back().child; }

  SearchCore& core_;
  Random random_;
  Position position_;
  std::vector<Step> steps_;
  double visits_left_ = 0;
  End end_ = End::kCollision;
  bool extra_ = false;
  std::optional<LeafValue> leaf_;  // the value that this playout found, if it is new
  // Scratch buffers, kept between playouts.
  Evaluation evaluation_;
  RankedMoves ranked_;
  std::vector<ChildView> scratch_views_;
  std::span<ChildView> views_;
  std::vector<WeighedChild> weighed_;
};

}  // namespace ponnuki::search
