#include "engine/search/gumbel_search.h"

#include <algorithm>
#include <cmath>

#include "engine/area.h"
#include "engine/check.h"
#include "engine/score.h"
#include "engine/search/game_end.h"
#include "engine/search/leaf.h"

namespace ponnuki::search {

/// A move of a node, and its statistics.
struct GumbelSearch::Edge {
  Point move;
  float logit;
  int child = -1;  // index of the node
  int visits = 0;
  double quality_sum = 0;  // from the perspective of the player who moves
};

struct GumbelSearch::Node {
  std::uint64_t key = 0;  // of its position
  Color to_move = Color::kBlack;
  bool is_over = false;
  OwnValue own;  // from White's perspective
  std::vector<Edge> edges;
  // Sums over the subtree, from White's perspective.
  int visits = 0;
  double win_loss_sum = 0, no_result_sum = 0, score_sum = 0;

  /// Resets all statistics of the subtree.
  void forget_subtree() {
    for (Edge& edge : edges) edge = {edge.move, edge.logit};
    visits = 0;
    win_loss_sum = no_result_sum = score_sum = 0;
  }
};

struct GumbelSearch::Step {
  int node;
  std::size_t edge;
};

namespace {

float gumbel_deviate(Random& random) {
  return static_cast<float>(-std::log(-std::log(1 - random.uniform() + 1e-12) + 1e-12));
}

/// True if passes ended the game under territory rules. Its score depends on the dead stones, so
/// the evaluator provides the value.
bool is_open_end(const Position& position) {
  return !position.is_final_phase() && !position.is_no_result();
}

OwnValue value_of_end(const Position& position) {
  OwnValue v;
  if (position.is_no_result()) {
    v.no_result = 1;
    return v;
  }
  const Score score = score_area(position);
  const Color winner = score.winner();
  v.win_loss = winner == Color::kWhite ? 1.0F : winner == Color::kBlack ? -1.0F : 0.0F;
  v.score_mean = v.lead = score.white_minus_black;
  v.score_square = v.score_mean * v.score_mean;
  return v;
}

}  // namespace

GumbelSearch::GumbelSearch(const GumbelParams& params)
    : params_(params), root_(BoardSize{}), position_(BoardSize{}) {}
GumbelSearch::~GumbelSearch() = default;
GumbelSearch::GumbelSearch(GumbelSearch&&) noexcept = default;

GumbelSearch::Node& GumbelSearch::node(int index) {
  return *nodes_[static_cast<std::size_t>(index)];
}

void GumbelSearch::start(const Position& root, const TurnEffort& effort, Random& random) {
  PONNUKI_CHECK(!root.is_over());
  root_ = root;
  simulations_ = effort.simulations;
  noise_scale_ = effort.explore ? params_.noise : 0;
  random_ = &random;
  reuse_root();
  used_ = 0;
  done_ = -1;  // the root itself comes first
}

/// If a node of the last search has the position of the new root, makes it node 0.
void GumbelSearch::reuse_root() {
  const std::uint64_t key = root_.evaluation_key();
  root_known_ = false;
  for (int i = 1; i < used_ && !root_known_; ++i) {
    if (node(i).key != key || node(i).is_over) continue;
    std::swap(nodes_[0], nodes_[static_cast<std::size_t>(i)]);
    node(0).forget_subtree();
    root_known_ = true;
  }
}

bool GumbelSearch::gather(std::vector<EvalRequest>& requests) {
  while (done_ < simulations_) {
    begin_simulation();
    if (waiting_) {
      requests.push_back(request());
      return true;
    }
    absorb();
  }
  return false;
}

void GumbelSearch::begin_simulation() {
  path_.clear();
  position_ = root_;
  waiting_ = false;
  if (done_ < 0 && root_known_) return;
  if (done_ >= 0) descend();
  if (static_cast<std::size_t>(used_) == nodes_.size()) nodes_.push_back(std::make_unique<Node>());
  Node& leaf = node(used_);
  leaf.key = position_.evaluation_key();
  leaf.to_move = position_.to_move();
  leaf.is_over = position_.is_over();
  leaf.edges.clear();
  leaf.forget_subtree();
  const Node* const known = known_terminal();
  if (known != nullptr) {
    leaf.own = known->own;
  } else if (leaf.is_over && !is_open_end(position_)) {
    leaf.own = value_of_end(position_);
  } else {
    waiting_ = true;
  }
}

/// The node of the finished game at the end of the path, or null if it has none yet.
const GumbelSearch::Node* GumbelSearch::known_terminal() {
  if (path_.empty()) return nullptr;
  const int child = node(path_.back().node).edges[path_.back().edge].child;
  return child < 0 ? nullptr : &node(child);
}

EvalRequest GumbelSearch::request() {
  EvalRequest request;
  request.position = &position_;
  request.result = &answer_;
  if (params_.symmetry_salt != 0)
    request.symmetry = symmetry_by_hash(position_, params_.symmetry_salt);
  return request;
}

/// Selects moves by gumbel.h, from the root to a move without a node or to a finished game.
void GumbelSearch::descend() {
  std::vector<GumbelMove> moves;
  int at = 0;
  while (true) {
    Node& n = node(at);
    fill_moves(n, moves);
    const double own = quality(n, n.to_move);
    std::size_t choice = 0;
    if (at == 0) {
      for (std::size_t i = 0; i < moves.size(); ++i) moves[i].noise = noise_[i];
      const int considered = schedule_[static_cast<std::size_t>(done_)];
      choice = choose_at_root(moves, considered, own, params_.scale);
    } else {
      choice = choose_inside(moves, own, params_.scale);
    }
    path_.push_back({at, choice});
    Edge& edge = n.edges[choice];
    position_.play(edge.move);
    if (edge.child < 0 || node(edge.child).is_over) return;
    at = edge.child;
  }
}

void GumbelSearch::fill_moves(const Node& n, std::vector<GumbelMove>& moves) const {
  moves.resize(n.edges.size());
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const Edge& edge = n.edges[i];
    moves[i] = {edge.logit, edge.visits, edge.visits > 0 ? edge.quality_sum / edge.visits : 0, 0};
  }
}

/// The utility of the evaluator's value of a node, scaled to [0, 1], from the perspective of
/// `player`.
double GumbelSearch::quality(const Node& n, Color player) const {
  const double utility = utility_.of(n.own) / utility_.radius();
  return 0.5 + (player == Color::kWhite ? utility : -utility) / 2;
}

void GumbelSearch::absorb() {
  const bool is_root = path_.empty();
  Node& leaf = node(used_);
  if (waiting_) {
    leaf.own = seen_by_white(answer_, leaf.to_move);
    if (!leaf.is_over) expand(leaf);
  }
  if (is_root) {
    const double center =
        score_center(static_cast<double>(leaf.own.score_mean), root_.size(), params_.utility);
    utility_ = UtilityModel(params_.utility, root_.size(), center, true);
  } else {
    node(path_.back().node).edges[path_.back().edge].child = used_;
  }
  if (is_root) expand_root();
  back_up(leaf);
  ++used_;
  ++done_;
}

/// Adds an edge for each move that is legal according to the evaluator's policy.
void GumbelSearch::expand(Node& n) const {
  for (int cell = 0; cell <= position_.size().area(); ++cell) {
    const float prior = answer_.policy[static_cast<std::size_t>(cell)];
    if (prior < 0) continue;
    n.edges.push_back({Point::from_cell(cell, position_.size()), std::log(prior + 1e-9F)});
  }
}

void GumbelSearch::prune_useless_moves(Node& root) const {
  AreaMap pass_alive{};
  compute_area(root_.board(),
               {.other_stones = false,
                .unsafe_territories = false,
                .suicide_legal = root_.rules().multi_stone_suicide},
               pass_alive);
  std::erase_if(root.edges,
                [&](const Edge& edge) { return is_useless(root_, edge.move, pass_alive); });
}

void GumbelSearch::expand_root() {
  Node& root = node(0);
  if (params_.prune_useless_moves) prune_useless_moves(root);
  noise_.clear();
  for (std::size_t i = 0; i < root.edges.size(); ++i) {
    noise_.push_back(
        noise_scale_ == 0 ? 0.0F : static_cast<float>(noise_scale_) * gumbel_deviate(*random_));
  }
  schedule_ = considered_visits(std::min(params_.considered, static_cast<int>(root.edges.size())),
                                simulations_);
}

void GumbelSearch::back_up(const Node& leaf) {
  const auto add = [&](Node& n) {
    ++n.visits;
    n.win_loss_sum += static_cast<double>(leaf.own.win_loss);
    n.no_result_sum += static_cast<double>(leaf.own.no_result);
    n.score_sum += static_cast<double>(leaf.own.score_mean);
  };
  for (const Step& step : path_) {
    Node& n = node(step.node);
    add(n);
    Edge& edge = n.edges[step.edge];
    ++edge.visits;
    edge.quality_sum += quality(leaf, n.to_move);
  }
  add(node(used_));
}

TurnResult GumbelSearch::result() {
  const Node& root = *nodes_[0];
  std::vector<GumbelMove> moves;
  fill_moves(root, moves);
  int most = 0;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    moves[i].noise = noise_[i];
    most = std::max(most, moves[i].visits);
  }
  const double own = quality(root, root.to_move);
  const auto policy_size = static_cast<std::size_t>(root_.size().area() + 1);
  TurnResult result;
  result.move = root.edges[choose_at_root(moves, most, own, params_.scale)].move;
  result.policy.assign(policy_size, 0.0F);
  result.prior.assign(policy_size, 0.0F);
  const std::vector<float> improved = improved_policy(moves, own, params_.scale);
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const auto cell = static_cast<std::size_t>(root.edges[i].move.cell(root_.size()));
    result.policy[cell] = improved[i];
    result.prior[cell] = std::exp(root.edges[i].logit);
  }
  const float sign = root.to_move == Color::kWhite ? 1.0F : -1.0F;
  const auto mean = [&](double sum) { return static_cast<float>(sum / root.visits); };
  const float win_loss = sign * mean(root.win_loss_sum);
  result.no_result = mean(root.no_result_sum);
  result.win = (1 - result.no_result + win_loss) / 2;
  result.loss = (1 - result.no_result - win_loss) / 2;
  result.score_mean = sign * mean(root.score_sum);
  return result;
}

}  // namespace ponnuki::search
