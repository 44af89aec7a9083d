#include "engine/search/choose.h"

#include <algorithm>
#include <cmath>

#include "engine/check.h"

namespace ponnuki::search {

void set_lcb(ChoiceMove& move, double utility_radius, const SearchParams& params) {
  const NodeStats& s = move.stats;
  double weight = s.edge_weight(move.edge_visits);
  double weight_square = s.edge_weight_square(move.edge_visits);
  move.radius = 2 * utility_radius * params.lcb_stdevs;
  move.lcb = -move.radius;
  if (s.visits == 0 || weight <= 0 || weight_square <= 0) return;
  // A prior observation with the largest possible variance keeps few visits from appearing certain.
  const double mean = s.utility;
  const double samples = weight * weight / weight_square;
  const double prior_weight = weight / (samples * samples * samples);
  const double seen = std::max<double>(s.utility_square, mean * mean + 1e-8);
  const double mean_square =
      (seen * weight + (seen + utility_radius * utility_radius) * prior_weight) /
      (weight + prior_weight);
  weight += prior_weight;
  weight_square += prior_weight * prior_weight;
  const double error = std::sqrt((mean_square - mean * mean) * weight_square / (weight * weight));
  move.radius = error * params.lcb_stdevs;
  move.lcb = move.self_utility - move.radius;
}

namespace {

/// The index of the best move by visits or, with few visits, by prior.
std::size_t most_trusted(std::span<const ChoiceMove> moves) {
  std::size_t best = 0;
  double best_trust = -1e30;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const double visits = moves[i].edge_visits;
    const double trust =
        moves[i].value * std::max(0.0, visits - 1) / std::max(1.0, visits) + 2 * moves[i].prior;
    if (trust > best_trust) {
      best_trust = trust;
      best = i;
    }
  }
  return best;
}

/// Lowers each value to the weight that PUCT would give the move with the current utilities.
void remove_exploration_visits(std::span<ChoiceMove> moves, std::size_t best,
                               const ParentView& parent, const SearchParams& params) {
  double total = 0;
  for (const ChoiceMove& m : moves) total += m.stats.edge_weight(m.edge_visits);
  const double scale = exploration_scale(total, utility_stdev_factor(parent.stats, params), params);
  const double best_weight = moves[best].stats.edge_weight(moves[best].edge_visits);
  const double standard =
      selection_value(scale, moves[best].prior, best_weight, moves[best].self_utility);
  for (std::size_t i = 0; i < moves.size(); ++i) {
    ChoiceMove& m = moves[i];
    if (i == best) continue;
    const double weight = m.stats.edge_weight(m.edge_visits);
    if (m.stats.visits == 0 || weight <= 0) {
      m.value = 0;
      continue;
    }
    m.value = std::ceil(
        std::min(weight, weight_for_selection_value(standard, scale, m.prior, m.self_utility)));
  }
}

/// Raises the value of the move with the best LCB, so that it exceeds the value of every move with
/// a lower LCB.
void apply_lcb_bonus(std::span<ChoiceMove> moves, double trusted_weight,
                     const SearchParams& params) {
  ChoiceMove* best = nullptr;
  for (ChoiceMove& m : moves) {
    if (m.value <= 0 || m.value < params.lcb_min_visit_share * trusted_weight) continue;
    if (best == nullptr || m.lcb > best->lcb) best = &m;
  }
  if (best == nullptr) return;
  double value = best->value;
  for (const ChoiceMove& m : moves) {
    const double excess = best->lcb - m.lcb;
    if (&m == best || excess < 0) continue;
    // How many times wider the radius would have to be for the bounds to meet; below 5.
    const double factor = (m.radius + excess) / (m.radius + 0.20 * excess);
    value = std::max(value, factor * factor * m.value);
  }
  best->value = value;
}

}  // namespace

void set_selection_values(std::span<ChoiceMove> moves, const ParentView& parent,
                          const SearchParams& params) {
  if (moves.empty()) return;
  for (ChoiceMove& m : moves) m.value = m.prior < 0 ? 0 : m.stats.edge_weight(m.edge_visits);
  const std::size_t trusted = most_trusted(moves);
  const double trusted_weight = moves[trusted].value;
  if (parent.is_root) remove_exploration_visits(moves, trusted, parent, params);
  if (params.lcb_selection) apply_lcb_bonus(moves, trusted_weight, params);

  double most = 0;
  for (const ChoiceMove& m : moves) most = std::max(most, m.value);
  if (most <= 1e-50) {  // visited, but without weight
    for (ChoiceMove& m : moves) m.value = std::max(0.0, m.prior);
    return;
  }
  const double subtract = std::min(params.chosen_move_subtract, most / 64);
  const double prune = std::min(params.chosen_move_prune, most / 64);
  for (ChoiceMove& m : moves) m.value = m.value < prune ? 0 : std::max(0.0, m.value - subtract);
}

std::size_t pick_with_temperature(std::span<const double> values, double temperature,
                                  double only_below, Random& random) {
  const auto top = std::max_element(values.begin(), values.end());
  PONNUKI_CHECK(top != values.end() && *top > 0);
  if (temperature <= 1e-4 && only_below >= 1) return static_cast<std::size_t>(top - values.begin());
  double sum = 0;
  for (const double v : values) sum += std::max(0.0, v);
  const double threshold =
      std::min(0.0, std::log(std::max(1e-50, only_below)) + std::log(sum / *top));
  std::vector<double> chances;
  double total = 0;
  for (const double v : values) {
    double log_share = v > 0 ? std::log(v / *top) : -INFINITY;
    if (log_share <= threshold)
      log_share = (log_share - threshold) / std::max(temperature, 1e-4) + threshold;
    chances.push_back(std::exp(log_share));
    total += chances.back();
  }
  double left = random.uniform() * total;
  for (std::size_t i = 0; i < chances.size(); ++i) {
    left -= chances[i];
    if (left < 0) return i;
  }
  return static_cast<std::size_t>(top - values.begin());
}

}  // namespace ponnuki::search
