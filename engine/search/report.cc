#include "engine/search/report.h"

#include <algorithm>
#include <cmath>

#include "engine/search/ownership.h"
#include "engine/search/score_value.h"

namespace ponnuki::search {

namespace {

/// A node's edges and own evaluation, copied under its lock.
struct NodeCopy {
  std::vector<Edge> edges;
  OwnValue own;
  NodeStats stats;
  Color to_move = Color::kBlack;
};

NodeCopy copy_node(const Node& node) {
  const SpinLockGuard lock(node.lock);
  NodeCopy copy;
  copy.edges.assign(node.edges().begin(), node.edges().end());
  copy.own = node.own;
  copy.stats = node.stats.load();
  copy.to_move = node.to_move;
  return copy;
}

ParentView parent_view(const SearchCore& core, const NodeCopy& node, bool is_root) {
  ParentView view;
  view.stats = node.stats;
  view.own_utility = core.utility.of(node.own);
  view.utility_radius = core.utility.radius();
  view.to_move = node.to_move;
  view.is_root = is_root;
  return view;
}

std::vector<ChoiceMove> choice_moves(const SearchCore& core, const NodeCopy& node, bool is_root) {
  std::vector<ChoiceMove> moves;
  for (const Edge& edge : node.edges) {
    ChoiceMove m;
    m.move = edge.move;
    m.prior = edge.prior.value();
    m.edge_visits = edge.visits;
    m.stats = core.tree.node(edge.child).stats.load();
    double utility = m.stats.utility;
    if (is_root) {
      const auto cell = static_cast<std::size_t>(edge.move.cell(core.root.position.size()));
      utility += core.utility.of_extra_points(m.stats, core.root.ending_bonus[cell]);
    }
    m.self_utility = for_player(utility, node.to_move);
    set_lcb(m, core.utility.radius(), core.params);
    moves.push_back(m);
  }
  set_selection_values(moves, parent_view(core, node, is_root), core.params);
  return moves;
}

/// Appends the moves with the highest selection values, starting below `id`.
void append_variation(const SearchCore& core, NodeId id, int length, MoveInfo& info) {
  for (int depth = 0; depth < length; ++depth) {
    const NodeCopy node = copy_node(core.tree.node(id));
    const auto moves = choice_moves(core, node, false);
    const auto best = std::max_element(
        moves.begin(), moves.end(),
        [](const ChoiceMove& a, const ChoiceMove& b) { return a.value < b.value; });
    if (best == moves.end() || best->value <= 0) return;
    info.pv.push_back(best->move);
    info.pv_visits.push_back(best->stats.visits);
    info.pv_edge_visits.push_back(best->edge_visits);
    id = node.edges[static_cast<std::size_t>(best - moves.begin())].child;
  }
}

MoveInfo report_move(const SearchCore& core, const ChoiceMove& m, Color to_move) {
  const double sign = to_move == Color::kWhite ? 1 : -1;
  MoveInfo info;
  info.move = m.move;
  info.visits = m.stats.visits;
  info.edge_visits = m.edge_visits;
  info.weight = m.stats.edge_weight(m.edge_visits);
  info.utility = sign * m.stats.utility;
  info.winrate = 0.5 + 0.5 * sign * m.stats.win_loss;
  info.no_result = m.stats.no_result;
  info.score_mean = sign * m.stats.score_mean;
  info.score_stdev = stdev_from_moments(m.stats.score_mean, m.stats.score_square);
  info.score_selfplay = info.score_mean;
  info.score_lead = sign * m.stats.lead;
  info.prior = std::max(0.0, m.prior);
  info.utility_lcb = m.lcb;
  // The radius is in units of utility. The share of winning in the utility converts it to the
  // radius of the winrate (as in KataGo).
  info.lcb = info.winrate -
             0.5 * m.radius * core.params.win_loss_utility / (core.utility.radius() + 1e-20);
  info.play_selection_value = m.value;
  return info;
}

/// A move without visits: the parent's values, with the first-play urgency as utility.
MoveInfo report_unvisited(const SearchCore& core, Point move, const RootInfo& root, double fpu) {
  MoveInfo info;
  info.move = move;
  info.utility = fpu;
  info.winrate = std::clamp(root.winrate + 0.5 * (fpu - root.utility), 0.0, 1.0);
  info.score_mean = info.score_selfplay = root.score_mean;
  info.score_stdev = root.score_stdev;
  info.score_lead = root.score_lead;
  const auto cell = static_cast<std::size_t>(move.cell(core.root.position.size()));
  info.prior = std::max(0.0F, core.root.policy[cell]);
  info.utility_lcb = info.lcb = -2 * core.utility.radius() * core.params.lcb_stdevs;
  info.pv = {move};
  info.pv_visits = info.pv_edge_visits = {0};
  return info;
}

RootInfo report_root(const SearchCore& core, const NodeStats& s) {
  const Color player = core.root.position.to_move();
  const double sign = player == Color::kWhite ? 1 : -1;
  RootInfo root;
  root.to_move = player;
  root.visits = s.visits;
  root.weight = s.weight;
  root.utility = sign * s.utility;
  root.winrate = 0.5 + 0.5 * sign * s.win_loss;
  root.no_result = s.no_result;
  root.score_lead = sign * s.lead;
  root.score_mean = root.score_selfplay = sign * s.score_mean;
  root.score_stdev = stdev_from_moments(s.score_mean, s.score_square);
  const Evaluation& raw = core.root.evaluation;
  root.raw_winrate = 0.5 + 0.5 * static_cast<double>(raw.win - raw.loss);
  root.raw_lead = raw.lead;
  root.raw_score_mean = raw.score_mean;
  root.raw_score_stdev = raw.score_stdev;
  root.raw_no_result = raw.no_result;
  root.raw_winrate_error = 0.5 * static_cast<double>(raw.winloss_error);
  root.raw_score_error = raw.score_error;
  root.raw_variance_time = raw.variance_time;
  return root;
}

/// Adds unvisited moves by descending prior until there are `least` moves.
void add_unvisited(const SearchCore& core, double fpu, int least, Analysis& analysis) {
  RankedMoves ranked;
  rank_candidates(core.root.policy, core.root.position.size(), kMaxArea + 1, ranked);
  for (const Candidate& candidate : ranked.moves()) {
    if (static_cast<int>(analysis.moves.size()) >= least) return;
    const auto same = [&](const MoveInfo& m) { return m.move == candidate.move; };
    if (std::any_of(analysis.moves.begin(), analysis.moves.end(), same)) continue;
    analysis.moves.push_back(report_unvisited(core, candidate.move, analysis.root, fpu));
  }
}

/// KataGo's order: by selection value, then visits, then prior.
bool is_better(const MoveInfo& a, const MoveInfo& b) {
  if (a.play_selection_value != b.play_selection_value)
    return a.play_selection_value > b.play_selection_value;
  if (a.edge_visits != b.edge_visits) return a.edge_visits > b.edge_visits;
  return a.prior > b.prior;
}

/// Nodes to evaluate for the ownership of a position, and of each move.
constexpr int kOwnershipNodes = 24;
constexpr int kMoveOwnershipNodes = 3;

void add_ownership(const SearchCore& core, const AnalysisOptions& options, Analysis& analysis) {
  const Position& position = core.root.position;
  const bool of_moves = options.moves_ownership || options.moves_ownership_stdev;
  const bool wanted = options.ownership || options.ownership_stdev || of_moves;
  if (!wanted) return;
  TreeOwnership all = tree_ownership(core, core.root.node, position, kOwnershipNodes);
  for (MoveInfo& info : analysis.moves) {
    if (!of_moves) break;
    const NodeId child = child_by_move(core, core.root.node, info.move);
    if (child == kNoNode || !position.is_legal(info.move)) {
      info.ownership = all.mean;
      info.ownership_stdev = all.stdev;
      continue;
    }
    Position next = position;
    next.play(info.move);
    TreeOwnership below = tree_ownership(core, child, next, kMoveOwnershipNodes);
    info.ownership = std::move(below.mean);
    info.ownership_stdev = std::move(below.stdev);
  }
  if (options.ownership) analysis.ownership = std::move(all.mean);
  if (options.ownership_stdev) analysis.ownership_stdev = std::move(all.stdev);
}

std::vector<float> transformed(const std::vector<float>& cells, Symmetry s, BoardSize size) {
  std::vector<float> result(cells.size());
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    const Point to = s.apply(Point::from_cell(static_cast<int>(cell), size), size);
    result[static_cast<std::size_t>(to.cell(size))] = cells[cell];
  }
  return result;
}

/// Adds, after each move, its mirror images, which the search pruned.
void add_mirror_images(const SearchCore& core, Analysis& analysis) {
  if (core.root.symmetries.size() < 2 || !core.params.root_symmetry_pruning ||
      !core.filters.empty())
    return;
  const BoardSize size = core.root.position.size();
  std::vector<MoveInfo> all;
  for (const MoveInfo& info : analysis.moves) {
    for (const Symmetry s : core.root.symmetries) {
      MoveInfo image = info;
      image.move = s.apply(info.move, size);
      const auto same = [&](const MoveInfo& m) { return m.move == image.move; };
      if (std::any_of(all.begin(), all.end(), same)) continue;
      if (image.move != info.move) image.symmetry_of = info.move;
      for (Point& p : image.pv) p = s.apply(p, size);
      image.ownership = transformed(info.ownership, s, size);
      image.ownership_stdev = transformed(info.ownership_stdev, s, size);
      all.push_back(std::move(image));
    }
  }
  analysis.moves = std::move(all);
}

}  // namespace

NodeId child_by_move(const SearchCore& core, NodeId parent, Point move) {
  for (const Edge& edge : copy_node(core.tree.node(parent)).edges) {
    if (edge.move == move) return edge.child;
  }
  return kNoNode;
}

std::vector<ChoiceMove> choice_moves(const SearchCore& core, const Node& node, bool is_root) {
  return choice_moves(core, copy_node(node), is_root);
}

Analysis analyze_tree(const SearchCore& core, const AnalysisOptions& options) {
  Analysis analysis;
  analysis.root.to_move = core.root.position.to_move();
  if (core.root.node == kNoNode) return analysis;
  const NodeCopy root = copy_node(core.tree.node(core.root.node));
  if (root.stats.visits == 0) return analysis;
  analysis.root = report_root(core, root.stats);
  analysis.policy = core.root.evaluation.policy;

  const auto moves = choice_moves(core, root, true);
  double policy_visited = 0;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (moves[i].stats.visits == 0) continue;
    policy_visited += std::max(0.0, moves[i].prior);
    MoveInfo info = report_move(core, moves[i], root.to_move);
    info.pv = {info.move};
    info.pv_visits = {info.visits};
    info.pv_edge_visits = {info.edge_visits};
    append_variation(core, root.edges[i].child, options.pv_length - 1, info);
    analysis.moves.push_back(std::move(info));
  }
  const double fpu = for_player(
      fpu_utility(parent_view(core, root, true), std::min(1.0, policy_visited), core.params),
      root.to_move);
  add_unvisited(core, fpu, options.min_moves, analysis);
  std::stable_sort(analysis.moves.begin(), analysis.moves.end(), is_better);
  add_ownership(core, options, analysis);
  add_mirror_images(core, analysis);
  if (static_cast<int>(analysis.moves.size()) > options.max_moves)
    analysis.moves.resize(static_cast<std::size_t>(std::max(0, options.max_moves)));
  for (std::size_t i = 0; i < analysis.moves.size(); ++i)
    analysis.moves[i].order = static_cast<int>(i);
  return analysis;
}

}  // namespace ponnuki::search
