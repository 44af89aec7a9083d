// SearchWorker: makes playouts, one at a time. Each is
//
//   1. select   from the root along the best children to a position without evaluation
//   2. expand   it: with the evaluator's answer, or the referee's where the game is over
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
  /// Workers of one search need different streams.
  SearchWorker(SearchCore& core, std::uint64_t stream);

  /// Selects. `visits_left`: an upper bound on the visits still to come. Returns the request that
  /// the evaluator must answer before finish_playout(), if any; it is valid until then.
  std::optional<EvalRequest> begin_playout(double visits_left);

  enum class Outcome {
    kCounted,
    kExtra,      // an extra visit of a pass or beside it (consider_pass()); limits do not count it
    kCollision,  // another playout is evaluating the leaf; limits do not count it
  };
  /// Expands and backs up.
  Outcome finish_playout();

 private:
  /// How selection ended, at node().
  enum class End {
    kNew,        // not evaluated yet; this playout has claimed it
    kOver,       // the game is over there
    kNoMoves,    // nothing may be played there
    kKnown,      // nothing to expand: the edge has fewer visits than its child, or closes a cycle
    kIllegal,    // superko forbids on this path a move of a node shared with another path
    kCollision,  // another playout is evaluating it
  };
  struct Step {
    NodeId parent;
    int edge;
    NodeId child;
    bool counted;  // false: the visit counts in the child but not in the parent
  };
  /// The child that selection wants to visit.
  struct Pick {
    int edge = -1;        // index, or edge_count for a new edge
    Candidate candidate;  // of a new edge
    bool counted = true;
    bool widen = false;  // the kept candidates are used up: more must be fetched
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
  // Scratch, kept for its memory.
  Evaluation evaluation_;
  RankedMoves ranked_;
  std::vector<ChildView> scratch_views_;
  std::span<ChildView> views_;
  std::vector<WeighedChild> weighed_;
};

}  // namespace ponnuki::search
