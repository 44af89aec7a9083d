#include "engine/search/worker.h"

#include <algorithm>
#include <cmath>

#include "engine/search/leaf.h"
#include "engine/search/root_policy.h"

namespace ponnuki::search {

namespace {

/// XORed into the key of a node that is searched on although passes ended the game.
constexpr std::uint64_t kNeverOverKey = 0xd4c31800cb8809e2ULL;
constexpr double kForcedValue = 1e20;  // above all selection values

ParentView view_parent(const SearchCore& core, const Node& node, bool is_root)
    PONNUKI_REQUIRES(node.lock) {
  ParentView parent;
  parent.stats = node.stats.load();
  parent.own_utility = core.utility.of(node.own);
  parent.utility_radius = core.utility.radius();
  parent.to_move = node.to_move;
  parent.is_root = is_root;
  return parent;
}

OwnValue own_value_of(const Node& node) {
  const SpinLockGuard lock(node.lock);
  return node.own;
}

}  // namespace

SearchWorker::SearchWorker(SearchCore& core, std::uint64_t stream)
    : core_(core), random_(core.params.seed, stream), position_(core.root.position) {}

std::optional<EvalRequest> SearchWorker::begin_playout(double visits_left) {
  visits_left_ = visits_left;
  position_ = core_.root.position;
  steps_.clear();
  extra_ = false;
  leaf_.reset();
  end_ = select();
  if (!must_ask()) return std::nullopt;
  const EvaluateOptions options{.with_ownership = end_ == End::kOver};
  return request_for(core_, position_, options, evaluation_);
}

SearchWorker::Outcome SearchWorker::finish_playout() {
  expand();
  back_up();
  if (end_ == End::kCollision) return Outcome::kCollision;
  return extra_ ? Outcome::kExtra : Outcome::kCounted;
}

// --- 1. select -----------------------------------------------------------------------------------

SearchWorker::End SearchWorker::select() {
  while (true) {
    Node& here = core_.tree.node(node());
    if (position_.is_over() && !here.never_over) return End::kOver;
    NodeState state = here.state.load(std::memory_order_acquire);
    if (state == NodeState::kNew) {
      const bool mine = here.state.compare_exchange_strong(state, NodeState::kEvaluating);
      return mine ? End::kNew : End::kCollision;
    }
    if (state == NodeState::kEvaluating) return End::kCollision;
    if (const auto end = descend()) return *end;
  }
}

/// Selects a child and plays its move. Adds the edge if it is new.
std::optional<SearchWorker::End> SearchWorker::descend() {
  const NodeId id = node();
  Node& parent = core_.tree.node(id);
  SpinLockGuard lock(parent.lock);
  Pick pick = pick_child(parent);
  while (pick.widen) {
    lock.unlock();
    widen(parent);
    lock.lock();
    pick = pick_child(parent);
  }
  if (pick.edge < 0) return End::kNoMoves;

  const bool is_new = pick.edge == parent.edge_count;
  const Point move = is_new ? pick.candidate.move : parent.edges()[pick.edge].move;
  const std::uint64_t bias_key = is_new ? bias_key_of(move) : 0;
  if (!play(parent, move)) {
    forbid(parent, move);
    return End::kIllegal;
  }
  if (is_new)
    core_.tree.add_edge(parent, {child_after(parent.key, bias_key), 0, move, pick.candidate.prior});
  const Edge& edge = parent.edges()[pick.edge];
  const NodeId child = edge.child;
  const auto on_path = [child](const Step& step) { return step.parent == child; };
  const bool cycle = id == child || std::any_of(steps_.begin(), steps_.end(), on_path);
  const bool lags = pick.counted && edge.visits < core_.tree.node(child).stats.visits();
  core_.tree.node(child).virtual_losses.fetch_add(1, std::memory_order_relaxed);
  steps_.push_back({id, pick.edge, child, pick.counted});
  extra_ = extra_ || !pick.counted;
  if (lags || cycle) return End::kKnown;
  return std::nullopt;
}

SearchWorker::Pick SearchWorker::pick_child(const Node& node) {
  const ParentView parent = view_parent(core_, node, is_root());
  const ChildrenTotals totals = view_children(node, parent);
  const double fpu = fpu_utility(parent, totals.policy, core_.params);
  const double scale = exploration_scale(
      totals.weight, utility_stdev_factor(parent.stats, core_.params), core_.params);

  const bool is_wide = parent.is_root && core_.params.wide_root_noise > 0;
  Pick best;
  double best_value = -1e50;
  const auto offer = [&](int edge, ChildView child) {
    if (parent.is_root && is_futile(child, parent, totals.max_weight)) return;
    const bool forced = parent.is_root && is_forced(child, totals.weight);
    if (child.child_visits == 0 || child.weight <= 0) child.utility = fpu;
    if (child.virtual_losses > 0) apply_virtual_losses(child, parent, core_.params);
    const double utility = for_player(child.utility, parent.to_move);
    const double value = forced ? kForcedValue
                         : is_wide && child.prior >= 0
                             ? wide_root_value(child, utility, scale)
                             : selection_value(scale, child.prior, child.weight, utility);
    if (value <= best_value) return;
    best_value = value;
    best.edge = edge;
  };
  for (std::size_t i = 0; i < views_.size(); ++i) offer(static_cast<int>(i), views_[i]);

  const Candidate* next = next_candidate(node);
  if (next == nullptr && node.candidate_count < node.legal_count) {
    best.widen = true;
    return best;
  }
  if (next != nullptr) {
    best.candidate = *next;
    ChildView unvisited;
    unvisited.prior = next->prior.value();
    offer(node.edge_count, unvisited);
  }
  if (core_.params.passing_hacks && totals.visits >= 2) consider_pass(node, next, best);
  return best;
}

/// Fills views_ with the edges of a node, including the bonuses at the root.
ChildrenTotals SearchWorker::view_children(const Node& node, const ParentView& parent) {
  if (scratch_views_.size() < node.edge_count) scratch_views_.resize(node.edge_count);
  views_ = std::span(scratch_views_).first(node.edge_count);
  ChildrenTotals totals;
  std::size_t count = 0;
  for (const Edge& edge : node.edges()) __builtin_prefetch(&core_.tree.node(edge.child));
  for (const Edge& edge : node.edges()) {
    const Node& child = core_.tree.node(edge.child);
    ChildView& view = views_[count++];
    view.prior = edge.prior.value();
    view.visits = edge.visits;
    view.child_visits = child.stats.visits();
    view.virtual_losses = child.virtual_losses.load(std::memory_order_relaxed);
    view.weight = NodeStats::share_of(child.stats.weight(), edge.visits, view.child_visits);
    view.utility = child.stats.utility();
    if (parent.is_root && view.child_visits > 0) {
      const auto cell = static_cast<std::size_t>(edge.move.cell(position_.size()));
      const double points = core_.root.ending_bonus[cell];
      if (points != 0) view.utility += core_.utility.of_extra_points(child.stats.load(), points);
    }
    totals.add(view);
  }
  return totals;
}

/// The selection value of a root move under wide_root_noise: flatter priors and a random bonus.
double SearchWorker::wide_root_value(const ChildView& child, double utility, double scale) {
  const double wide = core_.params.wide_root_noise;
  const double prior = std::pow(child.prior, 1 / (4 * wide + 1));
  if (random_.uniform() < 0.5) utility += wide * std::abs(random_.normal());
  return selection_value(scale, prior, child.weight, utility);
}

/// The best move without an edge; null if no candidate is left.
const Candidate* SearchWorker::next_candidate(const Node& node) const {
  const auto edges = node.edges();
  std::size_t i = 0;
  for (const Candidate& candidate : node.candidates()) {
    // Edges are in the order of the candidates, with a few exceptions.
    const bool in_order = i < edges.size() && edges[i].move == candidate.move;
    ++i;
    if (in_order) continue;
    const auto same = [&](const Edge& e) { return e.move == candidate.move; };
    if (std::any_of(edges.begin(), edges.end(), same)) continue;
    if (candidate.prior.value() >= 0 && is_allowed(candidate.move)) return &candidate;
  }
  return nullptr;
}

/// Where a pass would end the game, makes sure that both the pass and another move get a visit,
/// whatever their priors (KataGo's passing hacks). Such a visit is additional: it does not count in
/// the parent.
void SearchWorker::consider_pass(const Node& node, const Candidate* next, Pick& pick) const {
  if (pick.edge < 0 || !position_.pass_would_end_game() || !core_.filters.empty()) return;
  bool has_pass = false, has_other = false;
  for (const Edge& edge : node.edges()) (edge.move.is_pass() ? has_pass : has_other) = true;
  const bool picked_new = pick.edge == node.edge_count;
  const Point picked = picked_new ? pick.candidate.move : node.edges()[pick.edge].move;
  if (!has_pass && !picked.is_pass()) {
    for (const Candidate& candidate : node.candidates()) {
      if (!candidate.move.is_pass() || candidate.prior.value() < 0) continue;
      pick = {node.edge_count, candidate, false, false};
      return;
    }
    pick.widen = node.candidate_count < node.legal_count;
  } else if (!has_other && picked.is_pass() && next != nullptr && !next->move.is_pass()) {
    pick = {node.edge_count, *next, false, false};
  }
}

/// True for a child of the root that can no longer reach the required share of the visits of the
/// most visited move.
bool SearchWorker::is_futile(const ChildView& child, const ParentView& parent,
                             double most_weight) const {
  const double threshold = core_.params.futile_visits_threshold;
  if (threshold <= 0) return false;
  const double weight_per_visit = static_cast<double>(parent.stats.weight) / parent.stats.visits;
  const double visits_per_weight = (child.visits + 1.0) / (child.weight + weight_per_visit);
  return child.child_visits + visits_left_ < threshold * most_weight * visits_per_weight;
}

/// True for a child of the root with fewer visits than its forced ones. `weight` is the total
/// weight of all children.
bool SearchWorker::is_forced(const ChildView& child, double weight) const {
  const double factor = core_.params.root_forced_visits;
  return factor > 0 && child.visits > 0 && child.prior > 0 &&
         child.weight < std::sqrt(factor * child.prior * weight);
}

bool SearchWorker::is_allowed(Point move) const {
  if (is_root())
    return core_.root.policy[static_cast<std::size_t>(move.cell(position_.size()))] >= 0;
  if (core_.filters.empty()) return true;
  return passes_filters(core_.filters, {position_.to_move(), move},
                        static_cast<int>(steps_.size()));
}

/// Plays a move of the tree if the rules allow it on this path.
bool SearchWorker::play(const Node& node, Point move) {
  const Move full{position_.to_move(), move};
  const bool legal =
      node.never_over ? position_.is_legal_after_end(full) : position_.is_legal(full);
  if (legal) position_.play(full);
  return legal;
}

/// Makes the move illegal in the node, on all paths, since superko forbids it on one of them.
void SearchWorker::forbid(Node& node, Point move) {
  for (Edge& edge : node.edges()) {
    if (edge.move == move) edge.prior = PackedPrior();
  }
  for (Candidate& candidate : node.candidates()) {
    if (candidate.move == move) candidate.prior = PackedPrior();
  }
}

/// The bias key of the node that `move`, not yet played in position_, leads to.
std::uint64_t SearchWorker::bias_key_of(Point move) const {
  if (core_.params.subtree_value_bias == 0 || position_.move_count() == 0) return 0;
  return value_bias_key(position_.board(), position_.move_ago(1).point, move, position_.to_move());
}

/// The node of position_, reached by its last move from the node with `parent_key`.
NodeId SearchWorker::child_after(std::uint64_t parent_key, std::uint64_t bias_key) {
  const SearchParams& params = core_.params;
  const bool friendly = position_.rules().friendly_pass_ok &&
                        position_.rules().scoring == ScoringRule::kArea &&
                        position_.consecutive_passes() == 2;
  const bool never_over = position_.move_ago(1).point.is_pass() && position_.is_over() &&
                          ((params.conservative_pass && is_root()) || friendly);
  const NewNode fresh{position_.to_move(), never_over, bias_key};
  if (!params.graph_search) return core_.tree.create(fresh);
  const std::uint64_t key = graph_key(parent_key, position_, params.graph_search_repetition_bound);
  return core_.tree.find_or_create(never_over ? key ^ kNeverOverKey : key, fresh);
}

/// Gets more candidates of a node from the evaluator. position_ must be the node's position.
/// Blocks.
void SearchWorker::widen(Node& node) {
  const EvalRequest request = request_for(core_, position_, {}, evaluation_);
  evaluate_one(core_.evaluator, request);
  const SpinLockGuard lock(node.lock);
  const int wanted = std::max(kKeptCandidates, 4 * node.candidate_count);
  rank_candidates(evaluation_.policy, position_.size(), wanted, ranked_);
  core_.tree.set_candidates(node, ranked_.moves(), ranked_.legal);
}

// --- 2. expand -----------------------------------------------------------------------------------

/// True if the leaf is not evaluated yet, or if a finished game needs ownership for its dead
/// stones.
bool SearchWorker::must_ask() const {
  if (end_ == End::kOver) return !position_.is_final_phase() && !position_.is_no_result();
  return end_ == End::kNew;
}

void SearchWorker::expand() {
  Node& here = core_.tree.node(node());
  if (must_ask()) note_short_term_errors(core_, evaluation_);
  if (end_ == End::kNew) {
    const OwnValue own = own_value(core_, evaluation_, position_.to_move());
    rank_candidates(evaluation_.policy, position_.size(), kKeptCandidates, ranked_);
    {
      const SpinLockGuard lock(here.lock);
      here.own = own;
      core_.tree.set_candidates(here, ranked_.moves(), ranked_.legal);
    }
    leaf_ = add_leaf_value(core_, here, own, false);
    here.state.store(NodeState::kReady, std::memory_order_release);
  } else if (end_ == End::kOver) {
    const OwnValue value = final_value(core_, position_, must_ask() ? &evaluation_ : nullptr);
    leaf_ = add_leaf_value(core_, here, value, true);
  } else if (end_ == End::kNoMoves) {
    leaf_ = add_leaf_value(core_, here, own_value_of(here), false);
  }
}

// --- 3. back up ----------------------------------------------------------------------------------

void SearchWorker::back_up() {
  bool learns = end_ != End::kCollision;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    learns = learns && step->counted;
    if (learns) {
      Node& parent = core_.tree.node(step->parent);
      const SpinLockGuard lock(parent.lock);
      ++parent.edges()[step->edge].visits;
      add_visit(core_, parent, leaf_, weighed_);
    }
    core_.tree.node(step->child).virtual_losses.fetch_sub(1, std::memory_order_relaxed);
  }
}

}  // namespace ponnuki::search
