// Every knob of the search, declared once. Names follow KataGo's where the meaning is the same.
#pragma once

#include <cstdint>

namespace ponnuki {

struct SearchParams {
  int threads = 1;
  std::uint64_t seed = 0;
  std::size_t max_memory_bytes = std::size_t{4} << 30;  // the tree stops growing there

  // Utility of an outcome in [-1, 1] for winning, plus score terms.
  double win_loss_utility = 1.0;
  double static_score_utility = 0.1;
  double dynamic_score_utility = 0.3;
  double dynamic_score_center_zero_weight = 0.2;
  double dynamic_score_center_scale = 0.75;
  double no_result_utility = 0.0;
  double draw_value = 0.5;

  // PUCT.
  double cpuct = 1.0;
  double cpuct_log = 0.45;
  double cpuct_base = 500;
  double cpuct_utility_stdev_prior = 0.40;
  double cpuct_utility_stdev_prior_weight = 2.0;
  double cpuct_utility_stdev_scale = 0.85;
  double fpu_reduction = 0.2;
  double root_fpu_reduction = 0.1;
  double virtual_loss = 1.0;

  // Root.
  bool root_noise = false;
  double root_noise_total_concentration = 10.83;
  double root_noise_weight = 0.25;
  double root_policy_temperature = 1.0;
  int root_symmetries = 1;
  double wide_root_noise = 0.0;

  // Choosing the move.
  double temperature = 0.10;
  double temperature_early = 0.50;
  double temperature_halflife = 19;
  double lcb_stdevs = 5.0;
  double lcb_min_visit_share = 0.15;

  // The end of the game.
  bool prune_useless_moves = true;
  double root_ending_bonus_points = 0.5;
  bool conservative_pass = true;

  friend bool operator==(const SearchParams&, const SearchParams&) = default;
};

}  // namespace ponnuki
