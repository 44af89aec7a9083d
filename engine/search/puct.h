// PUCT: which child to visit next. Pure functions over views of a node and its children; they
// access neither tree nor locks.
//
//     argmax over children of   Q(a) + c(W) sqrt(W + 0.01) s P(a) / (1 + w(a))
//
// W is the weight of all children, w(a) the weight of child a, P the prior, and Q the child's
// utility for the player to move. c grows slowly with W, and s scales exploration by the variance
// of the utilities (Silver et al. 2017; KataGo's docs/KataGoMethods.md: variance-scaled cPUCT, FPU
// by visited policy).
#pragma once

#include <algorithm>
#include <cstdint>

#include "engine/search/params.h"
#include "engine/search/tree_stats.h"
#include "engine/types.h"

namespace ponnuki::search {

/// A child, as an input of its parent's selection.
struct ChildView {
  float prior = 0;           // negative: illegal
  std::uint32_t visits = 0;  // of the edge
  std::uint32_t child_visits = 0;
  int virtual_losses = 0;
  double weight = 0;   // of the edge
  double utility = 0;  // White's; no meaning if child_visits is 0
};

/// A node, as an input of the selection among its children.
struct ParentView {
  NodeStats stats;         // requires visits > 0 and weight > 0
  double own_utility = 0;  // of its own evaluation
  double utility_radius = 1;
  Color to_move = Color::kBlack;
  bool is_root = false;
};

/// s: 1 if the utilities vary as much as the prior assumes, smaller if they vary less.
double utility_stdev_factor(const NodeStats& parent, const SearchParams& params);

/// c(W) sqrt(W + 0.01) s.
double exploration_scale(double children_weight, double stdev_factor, const SearchParams& params);

/// First-play urgency (FPU): White's utility assumed for a child without visits.
double fpu_utility(const ParentView& parent, double visited_policy, const SearchParams& params);

/// The expression that is maximised, from scale = c(W) sqrt(W + 0.01) s. Very low for illegal
/// moves.
inline double selection_value(double scale, double prior, double weight, double self_utility) {
  constexpr double kIllegal = -1e50;
  return prior < 0 ? kIllegal : scale * prior / (1 + weight) + self_utility;
}

/// The weight at which selection_value() equals `value`: 0 if it is lower even without weight,
/// 1e100 if the utility alone exceeds it.
double weight_for_selection_value(double value, double scale, double prior, double self_utility);

/// White's utility from the perspective of `player`.
constexpr double for_player(double white_utility, Color player) {
  return player == Color::kWhite ? white_utility : -white_utility;
}

/// Adds virtual losses to a child's weight and utility.
void apply_virtual_losses(ChildView& child, const ParentView& parent, const SearchParams& params);

/// The total weight of the legal children, and their share of the policy.
struct ChildrenTotals {
  double weight = 0, max_weight = 0, policy = 0;
  std::int64_t visits = 0;

  void add(const ChildView& child) {
    if (child.prior < 0) return;
    policy += child.prior;
    weight += child.weight;
    max_weight = std::max(max_weight, child.weight);
    visits += child.visits;
  }
};

}  // namespace ponnuki::search
