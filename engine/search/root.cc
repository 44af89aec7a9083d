#include "engine/search/root.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/search/game_end.h"
#include "engine/search/leaf.h"
#include "engine/search/root_policy.h"

namespace ponnuki::search {

namespace {

/// Adds `more` to `sum`, field by field.
void accumulate(const Evaluation& more, Evaluation& sum) {
  sum.win += more.win, sum.loss += more.loss, sum.no_result += more.no_result;
  sum.score_mean += more.score_mean, sum.lead += more.lead;
  sum.score_stdev += more.score_stdev, sum.variance_time += more.variance_time;
  sum.winloss_error += more.winloss_error, sum.score_error += more.score_error;
  const auto add = [](float a, float b) { return a + b; };
  const auto add_to = [&add](std::vector<float>& to, const std::vector<float>& from) {
    std::transform(to.begin(), to.end(), from.begin(), to.begin(), add);
  };
  add_to(sum.policy, more.policy);
  add_to(sum.ownership, more.ownership);
}

void divide(Evaluation& sum, float count) {
  for (float* field : {&sum.win, &sum.loss, &sum.no_result, &sum.score_mean, &sum.lead,
                       &sum.score_stdev, &sum.variance_time, &sum.winloss_error, &sum.score_error})
    *field /= count;
  for (float& p : sum.policy) p /= count;
  for (float& o : sum.ownership) o /= count;
}

/// The average of the answers under several symmetries.
Evaluation average(std::vector<Evaluation>& answers) {
  Evaluation sum = std::move(answers.front());
  if (answers.size() == 1) return sum;
  for (const Evaluation& more : std::span(answers).subspan(1)) accumulate(more, sum);
  divide(sum, static_cast<float>(answers.size()));
  return sum;
}

/// True if a filter lists the only moves that `player` may play.
bool has_allow_filter(const SearchCore& core, Color player) {
  return std::any_of(core.filters.begin(), core.filters.end(), [&](const MoveFilter& filter) {
    return filter.allow && filter.player == player;
  });
}

/// The moves that the root may play, by cell: legal, not filtered, not the mirror image of another
/// move, not useless unless a filter names them.
std::vector<bool> allowed_moves(SearchCore& core) {
  Root& root = core.root;
  const BoardSize size = root.position.size();
  std::vector<bool> allowed(root.policy.size());
  const bool prune_useless =
      core.params.prune_useless_moves && !has_allow_filter(core, root.position.to_move());
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    const Point p = Point::from_cell(static_cast<int>(i), size);
    const bool mirrored =
        core.params.root_symmetry_pruning && core.filters.empty() && !root.mirror_of[i].is_none();
    const bool useless = prune_useless && is_useless(root.position, p, root.pass_alive);
    allowed[i] = root.policy[i] >= 0 && !mirrored && !useless &&
                 passes_filters(core.filters, {root.position.to_move(), p}, 0);
  }
  // Nobody answers a pass by a pass while the board is open.
  const bool has_other = std::find(allowed.begin(), allowed.end() - 1, true) != allowed.end() - 1;
  if (root.pass && answers_pass(root.position) && has_other && root.pass->get().open)
    allowed.back() = false;
  return allowed;
}

/// Sets the score centre to the expected score: from the tree if the root is `known`, else from the
/// evaluator.
void prepare_utility(SearchCore& core, bool known) {
  const Root& root = core.root;
  const BoardSize size = root.position.size();
  const bool knows_score = core.evaluator.traits(size).knows_score;
  double expected = 0;  // White's
  if (known) {
    expected = core.tree.node(root.node).stats.load().score_mean;
  } else if (knows_score) {
    const double mean = root.evaluation.score_mean;
    expected = for_player(mean, root.position.to_move());
  }
  core.utility =
      UtilityModel(core.params, size, score_center(expected, size, core.params), knows_score);
}

/// Fills core.root, except for the node, from its position and evaluation.
void prepare_policy(SearchCore& core, Random& random) {
  Root& root = core.root;
  const SearchParams& params = core.params;
  root.policy = root.evaluation.policy;
  const double temperature =
      interpolate_early(params.root_policy_temperature_early, params.root_policy_temperature,
                        params.temperature_halflife, root.position);
  apply_temperature(root.policy, temperature);
  if (params.root_noise) add_dirichlet_noise(root.policy, params, random);

  compute_pass_alive_area(root.position.board(), root.position.rules().multi_stone_suicide,
                          root.pass_alive);
  root.symmetries = board_symmetries(root.position);
  root.mirror_of = mirror_representatives(root.position, root.symmetries);
  root.ending_bonus.assign(root.policy.size(), 0.0);
  for (std::size_t i = 0; i < root.policy.size(); ++i) {
    if (root.policy[i] < 0) continue;
    const Point p = Point::from_cell(static_cast<int>(i), root.position.size());
    const double points = ending_bonus(root.position, p, root.evaluation.ownership, root.pass_alive,
                                       params.root_ending_bonus_points);
    root.ending_bonus[i] = root.position.to_move() == Color::kWhite ? points : -points;
  }
  const std::vector<bool> allowed = allowed_moves(core);
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (!allowed[i]) root.policy[i] = -1;
  }
}

/// Sets the value of the root's node, all its candidates, and the priors of its edges.
void refresh_node(SearchCore& core, Node& node) PONNUKI_REQUIRES(node.lock) {
  Root& root = core.root;
  node.own = own_value(core, root.evaluation, root.position.to_move());
  RankedMoves ranked;
  rank_candidates(root.policy, root.position.size(), kMaxArea + 1, ranked);
  core.tree.set_candidates(node, ranked.moves(), ranked.legal);
  const auto prior = [&](Point p) {
    return root.policy[static_cast<std::size_t>(p.cell(root.position.size()))];
  };
  core.tree.filter_edges(node, [&](const Edge& edge) { return prior(edge.move) >= 0; });
  for (Edge& edge : node.edges()) edge.prior = PackedPrior(prior(edge.move));
}

/// The node's own visit plus the visits of its edges.
std::uint32_t count_visits(const Node& node) PONNUKI_REQUIRES(node.lock) {
  std::uint32_t visits = 1;
  for (const Edge& edge : node.edges()) visits += edge.visits;
  return visits;
}

}  // namespace

RootEvaluation::RootEvaluation(const SearchCore& core, Random& random) {
  const int all = Symmetry::count(core.root.position.size());
  const int count = std::clamp(core.params.root_symmetries, 1, all);
  std::vector<int> symmetries(static_cast<std::size_t>(all));
  std::iota(symmetries.begin(), symmetries.end(), 0);
  answers.resize(static_cast<std::size_t>(count));
  EvaluateOptions options{true, core.evaluator.traits(core.root.position.size()).knows_score, -1};
  for (int i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (count > 1) {
      std::swap(symmetries[at], symmetries[at + random.below(static_cast<std::uint32_t>(all - i))]);
      options.symmetry = symmetries[at];
    }
    requests.push_back(request_for(core, core.root.position, options, answers[at]));
  }
  if (!asks_about_pass(core.root.position)) return;
  opponent_first = with_first(core.root.position, opponent(core.root.position.to_move()));
  options.symmetry = 0;
  requests.push_back(request_for(core, *opponent_first, options, opponent_answer));
}

bool prepare_root(SearchCore& core, RootEvaluation& evaluation, Random& random) {
  Root& root = core.root;
  const bool known = root.node != kNoNode && core.tree.node(root.node).stats.visits() > 0;
  for (const Evaluation& answer : evaluation.answers) note_short_term_errors(core, answer);
  root.evaluation = average(evaluation.answers);
  root.pass.reset();
  if (evaluation.opponent_first) {
    std::array<Evaluation, 2> first{root.evaluation, evaluation.opponent_answer};
    if (root.position.to_move() == Color::kWhite) std::swap(first[0], first[1]);
    root.pass.emplace(root.position, std::move(first));
  }
  prepare_utility(core, known);
  prepare_policy(core, random);

  if (root.node == kNoNode) root.node = core.tree.create();
  Node& node = core.tree.node(root.node);
  {
    const SpinLockGuard lock(node.lock);
    node.to_move = root.position.to_move();
    node.never_over = root.position.is_over();
    node.key = root.position.evaluation_key();
    node.bias_key = 0;
    const auto edges = node.edge_count;
    refresh_node(core, node);
    if (known && node.edge_count != edges) {
      NodeStats stats = node.stats.load();
      stats.visits = count_visits(node);
      node.stats.store(stats);
    }
  }
  if (!known) {
    add_leaf_value(core, node, own_value(core, root.evaluation, node.to_move), false);
    node.state = NodeState::kReady;
    return true;
  }
  update_subtree(core, root.node);
  collect_garbage(core, root.node);
  return false;
}

namespace {

/// For a node without children: its averages are its own value without bias.
void update_leaf(const SearchCore& core, Node& node) {
  NodeStats s = node.stats.load();
  if (s.weight <= 0) return;
  s.utility = static_cast<float>(core.utility.of_result(s.win_loss, s.no_result) +
                                 core.utility.of_score(s.score_mean, s.score_square));
  s.utility_square = s.utility * s.utility;
  node.stats.store(s);
}

}  // namespace

void update_subtree(SearchCore& core, NodeId root) {
  std::vector<WeighedChild> scratch;
  std::vector<std::pair<NodeId, std::uint16_t>> path{{root, std::uint16_t{0}}};
  core.tree.node(root).marked = true;
  std::vector<NodeId> visited{root};
  while (!path.empty()) {
    auto& [id, next] = path.back();
    Node& node = core.tree.node(id);
    node.assume_unshared();
    if (next < node.edge_count) {
      const NodeId child = node.edges()[next++].child;
      if (std::exchange(core.tree.node(child).marked, true)) continue;
      visited.push_back(child);
      path.emplace_back(child, std::uint16_t{0});
      continue;
    }
    if (node.edge_count == 0) {
      update_leaf(core, node);
    } else {
      update_stats(core, node, 0, scratch);
    }
    path.pop_back();
  }
  for (const NodeId id : visited) core.tree.node(id).marked = false;
}

NodeId promote_child(SearchCore& core, NodeId root, Point move) {
  NodeId child = kNoNode;
  const Node& parent = core.tree.node(root);
  parent.assume_unshared();
  for (const Edge& edge : parent.edges()) {
    if (edge.move == move) child = edge.child;
  }
  if (child == kNoNode || core.tree.node(child).state != NodeState::kReady) {
    core.tree.clear();
    core.biases.clear();
    return kNoNode;
  }
  const NodeId copy = core.tree.copy(child);
  collect_garbage(core, copy);
  return copy;
}

void collect_garbage(SearchCore& core, NodeId root) {
  const auto share = static_cast<float>(core.params.subtree_value_bias_free_share);
  core.tree.collect(root, [&](Node& node) {
    if (node.bias_key == 0) return;
    node.assume_unshared();
    core.biases.add(node.bias_key, {-share * node.bias_delta, -share * node.bias_weight});
  });
  std::vector<std::uint64_t> used;
  core.tree.for_each([&](const Node& node) {
    if (node.bias_key != 0) used.push_back(node.bias_key);
  });
  core.biases.keep_only(used);
}

}  // namespace ponnuki::search
