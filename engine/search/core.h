// SearchCore: the state that all threads of a search share, and the operations on a single node.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/area.h"
#include "engine/evaluator.h"
#include "engine/mutex.h"
#include "engine/position.h"
#include "engine/search/child_weights.h"
#include "engine/search/limits.h"
#include "engine/search/params.h"
#include "engine/search/puct.h"
#include "engine/search/tree.h"
#include "engine/search/tree_stats.h"
#include "engine/search/utility.h"
#include "engine/search/value_bias.h"
#include "engine/symmetry.h"
#include "engine/types.h"

namespace ponnuki::search {

/// Data of the root only. Constant while threads run.
struct Root {
  Position position{BoardSize{}};
  NodeId node = kNoNode;
  Evaluation evaluation;             // averaged over the symmetries that were asked for
  std::vector<float> policy;         // with noise and temperature; -1 where not allowed. Pass last
  std::vector<double> ending_bonus;  // White's points, by cell
  AreaMap pass_alive{};
  std::vector<Symmetry> symmetries{Symmetry()};  // of the board
  std::vector<Point> mirror_of;  // by cell: the move that stands for it; none for itself
};

struct SearchCore {
  SearchCore(Evaluator& e, const SearchParams& p) : evaluator(e), params(p) {}

  Evaluator& evaluator;
  SearchParams params;
  Tree tree;
  ValueBiasTable biases;
  UtilityModel utility;
  Root root;
  std::vector<MoveFilter> filters;
  std::atomic<bool> knows_errors{false};  // the evaluator gives short-term errors
};

/// Legal moves by falling prior, those of equal prior by cell.
struct RankedMoves {
  std::array<Candidate, kMaxArea + 1> best;
  int count = 0;
  int legal = 0;  // number of all legal moves
  std::span<const Candidate> moves() const {
    return std::span(best).first(static_cast<std::size_t>(count));
  }
};
/// Fills `ranked` with at most `most` moves.
void rank_candidates(std::span<const float> policy, BoardSize size, int most, RankedMoves& ranked);

/// The value that a visit found at its leaf.
struct LeafValue {
  OwnValue value;
  double utility = 0;  // White's, corrected by the subtree value bias
};

/// Counts a visit that found this value in the node itself.
LeafValue add_leaf_value(SearchCore& core, Node& node, const OwnValue& value, bool is_final)
    PONNUKI_EXCLUDES(node.lock);

/// Counts a visit that went through the node and found `leaf`. Recomputing the averages takes time
/// linear in the number of children. So each of the first 256 visits does that, and later only 128
/// visits each time the visits double; the other visits just add `leaf` to the averages. Thus the
/// weights of the children are at most a hundredth of the node's visits old. Without a leaf value
/// the averages are always recomputed. Requires state kReady.
void add_visit(SearchCore& core, Node& node, const std::optional<LeafValue>& leaf,
               std::vector<WeighedChild>& scratch) PONNUKI_REQUIRES(node.lock);

/// Recomputes a node's averages from its children and its own value, and adds to its visits.
/// Requires state kReady.
void update_stats(SearchCore& core, Node& node, std::uint32_t new_visits,
                  std::vector<WeighedChild>& scratch) PONNUKI_REQUIRES(node.lock);

/// The key under which positions reached by different moves share a node (KataGo's
/// docs/GraphSearch.md). Positions share one only if no repetition through the last move is
/// possible within `repetition_bound` stones and empty points.
std::uint64_t graph_key(std::uint64_t parent_key, const Position& position, int repetition_bound);

/// False where a filter forbids `move` at this many moves from the root.
bool passes_filters(std::span<const MoveFilter> filters, Move move, int depth);

}  // namespace ponnuki::search
