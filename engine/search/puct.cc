#include "engine/search/puct.h"

#include <algorithm>
#include <cmath>

namespace ponnuki::search {

double utility_stdev_factor(const NodeStats& parent, const SearchParams& params) {
  const double prior = params.cpuct_utility_stdev_prior;
  double stdev = prior;
  if (parent.visits > 0 && parent.weight > 1) {
    const double square = static_cast<double>(parent.utility) * parent.utility;
    const double mean_square = std::max<double>(parent.utility_square, square);
    const double prior_weight = params.cpuct_utility_stdev_prior_weight;
    const double pooled = ((square + prior * prior) * prior_weight + mean_square * parent.weight) /
                          (prior_weight + parent.weight - 1);
    stdev = std::sqrt(std::max(0.0, pooled - square));
  }
  return 1 + params.cpuct_utility_stdev_scale * (stdev / prior - 1);
}

double exploration_scale(double children_weight, double stdev_factor, const SearchParams& params) {
  constexpr double kOffset = 0.01;  // makes the priors count before the first visit
  const double c =
      params.cpuct +
      params.cpuct_log * std::log((children_weight + params.cpuct_base) / params.cpuct_base);
  return c * std::sqrt(children_weight + kOffset) * stdev_factor;
}

double fpu_utility(const ParentView& parent, double visited_policy, const SearchParams& params) {
  double base = parent.stats.utility;
  if (params.fpu_visited_policy_power > 0) {
    const double power = params.fpu_visited_policy_power;
    const double share = std::min(
        1.0, power == 2.0 ? visited_policy * visited_policy : std::pow(visited_policy, power));
    base = share * base + (1 - share) * parent.own_utility;
  }
  const double most = parent.is_root ? params.root_fpu_reduction : params.fpu_reduction;
  const double reduction = most * std::sqrt(visited_policy);
  return parent.to_move == Color::kWhite ? base - reduction : base + reduction;
}

double weight_for_selection_value(double value, double scale, double prior, double self_utility) {
  if (prior < 0) return 0;
  const double exploration = value - self_utility;
  if (exploration <= 0) return 1e100;
  return std::max(0.0, scale * prior / exploration - 1);
}

void apply_virtual_losses(ChildView& child, const ParentView& parent, const SearchParams& params) {
  if (child.virtual_losses <= 0) return;
  const double losses = child.virtual_losses * params.virtual_loss;
  const double lost =
      parent.to_move == Color::kWhite ? -parent.utility_radius : parent.utility_radius;
  const double share = losses / (losses + std::max(0.25, child.weight));
  child.utility += (lost - child.utility) * share;
  child.weight += losses;
}

}  // namespace ponnuki::search
