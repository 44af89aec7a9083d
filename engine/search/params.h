// All parameters of the search, declared once. Names and defaults follow KataGo's for GTP play
// where the meaning is the same (its docs/KataGoMethods.md and configs/gtp_example.cfg).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "engine/types.h"

namespace ponnuki::search {

struct SearchParams {
  int threads = 1;
  std::uint64_t seed = 0;
  /// Playouts in flight for each thread, once the tree is large enough. The evaluator gets their
  /// leaves in one batch. 0: as many as the evaluator prefers.
  int leaves_per_thread = 0;
  std::size_t max_memory_bytes = std::size_t{4} << 30;  // limit of the tree
  /// The evaluator sees each position under a symmetry chosen by its hash; if false, under the
  /// identity.
  bool random_symmetry = true;
  bool evaluates_alone = false;  // see EvalRequest::alone

  // Utility: the value of winning in [-1, 1], plus score terms.
  double win_loss_utility = 1.0;
  double static_score_utility = 0.1;
  double dynamic_score_utility = 0.3;
  double dynamic_score_center_zero_weight = 0.2;
  double dynamic_score_center_scale = 0.75;
  double no_result_utility = 0.0;  // for White
  // The value of a draw for White, as a share of a win.
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
  // 0: unvisited moves start from the parent's average.
  double fpu_visited_policy_power = 2.0;
  double virtual_loss = 1.0;
  // Prunes root moves that cannot reach this share of the best move's visits; 0: off.
  double futile_visits_threshold = 0.0;

  // The value of a node from the values of its children.
  // How strongly bad children lose weight; 0: not at all.
  double value_weight_exponent = 0.25;
  bool noise_pruning = true;
  double noise_prune_utility_scale = 0.15;
  bool uncertainty_weighting = true;  // if the evaluator provides short-term errors
  double uncertainty_coefficient = 0.25;
  double uncertainty_max_weight = 8.0;
  double subtree_value_bias = 0.45;  // 0: off
  double subtree_value_bias_weight_exponent = 0.85;
  double subtree_value_bias_free_share = 0.8;

  // Transpositions share their subtree (KataGo's docs/GraphSearch.md).
  bool graph_search = true;
  int graph_search_repetition_bound = 11;

  // Root.
  bool root_noise = false;
  double root_noise_total_concentration = 10.83;
  double root_noise_weight = 0.25;
  /// A root move with a visit gets at least sqrt(this × prior × visits) visits (KataGo's forced
  /// playouts); 0: off.
  double root_forced_visits = 0;
  double root_policy_temperature = 1.0;
  double root_policy_temperature_early = 1.0;
  int root_symmetries = 1;  // evaluations of the root to average
  bool root_symmetry_pruning = true;
  double wide_root_noise = 0.0;
  double policy_optimism = 1.0;  // for nets with an optimistic policy
  double root_policy_optimism = 0.2;

  /// Handicap play: plays and judges as if the playouts of one player were doubled so often. Unset:
  /// that player is the one to move at the root. (KataGo's playoutDoublingAdvantage.)
  double playout_doublings = 0;
  std::optional<Color> playout_doublings_for = {};

  // Choosing the move.
  double temperature = 0.10;
  double temperature_early = 0.50;
  double temperature_halflife = 19;
  double temperature_only_below = 1.0;
  double chosen_move_subtract = 0.0;
  double chosen_move_prune = 1.0;
  bool lcb_selection = true;
  double lcb_stdevs = 5.0;
  double lcb_min_visit_share = 0.15;

  // The end of the game.
  bool prune_useless_moves = true;
  double root_ending_bonus_points = 0.5;
  // In the tree, a pass of the player to move at the root never ends the game.
  bool conservative_pass = true;
  /// Where a pass would end the game, visits both the pass and another move, whatever their priors;
  /// see also EvalRequest.
  bool passing_hacks = true;

  friend bool operator==(const SearchParams&, const SearchParams&) = default;
};

/// EvalRequest::playout_doublings for a position, in a search from a root where `root_player` moves.
inline float playout_doublings_of(const SearchParams& params, Color to_move, Color root_player) {
  const bool favoured = params.playout_doublings_for.value_or(root_player) == to_move;
  return static_cast<float>(favoured ? params.playout_doublings : -params.playout_doublings);
}

}  // namespace ponnuki::search
