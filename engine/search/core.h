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
#include "engine/search/pass_outlook.h"
#include "engine/search/puct.h"
#include "engine/search/tree.h"
#include "engine/search/tree_stats.h"
#include "engine/search/utility.h"
#include "engine/search/value_bias.h"
#include "engine/symmetry.h"
#include "engine/types.h"

namespace ponnuki::search {

/// The data of the root. Constant while threads run, except for what `pass` remembers; threads do
/// not use it.
struct Root {
  Position position{BoardSize{}};
  NodeId node = kNoNode;
  Evaluation evaluation;  // averaged over the requested symmetries
  // With noise and temperature; -1 for moves that are not allowed. Pass last.
  std::vector<float> policy;
  std::vector<double> ending_bonus;  // in points for White, by cell
  AreaMap pass_alive{};
  std::optional<LatePassOutlook> pass;           // where a pass needs a second thought
  std::vector<Symmetry> symmetries{Symmetry()};  // of the board
  // By cell: the move that represents this one; none if it represents itself.
  std::vector<Point> mirror_of;
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
  std::atomic<bool> knows_errors{false};  // the evaluator provides short-term errors
};

/// The legal moves by descending prior; moves of equal prior by cell.
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
/// linear in the number of children. Therefore each of the first 256 visits recomputes them, but
/// later only 128 visits in each doubling; the other visits only add `leaf` to the averages. The
/// weights of the children are thus at most a hundredth of the node's visits out of date. Without a
/// leaf value the averages are always recomputed. Requires state kReady.
void add_visit(SearchCore& core, Node& node, const std::optional<LeafValue>& leaf,
               std::vector<WeighedChild>& scratch) PONNUKI_REQUIRES(node.lock);

/// Recomputes a node's averages from its children and its own value, and adds to its visits.
/// Requires state kReady.
void update_stats(SearchCore& core, Node& node, std::uint32_t new_visits,
                  std::vector<WeighedChild>& scratch) PONNUKI_REQUIRES(node.lock);

/// The key by which positions that are reached through different moves share a node (KataGo's
/// docs/GraphSearch.md). Positions share a node only if no repetition through the last move is
/// possible within `repetition_bound` stones and empty points.
std::uint64_t graph_key(std::uint64_t parent_key, const Position& position, int repetition_bound);

/// False if a filter forbids `move` at this number of moves from the root.
bool passes_filters(std::span<const MoveFilter> filters, Move move, int depth);

}  // namespace ponnuki::search
