// The formulas of Gumbel search (Danihelka et al., "Policy improvement by planning with Gumbel",
// ICLR 2022), as pure functions over the moves of one node. They improve the policy with any number
// of simulations, however small.
#pragma once

#include <span>
#include <vector>

namespace ponnuki::search {

/// A move of a node. Values q are in [0, 1], from the perspective of the player to move at that
/// node.
struct GumbelMove {
  float logit = 0;  // of the prior
  int visits = 0;
  double value = 0;  // mean value; for visited moves only
  float noise = 0;   // Gumbel noise, at the root
};

struct GumbelScale {
  double visits = 50;  // c_visit
  double value = 1;    // c_scale

  /// σ, which converts a value to a logit (equation 8).
  double operator()(double q, int most_visits) const { return (visits + most_visits) * value * q; }
};

/// v_mix (appendix D): the value assumed for an unvisited move, computed from the node's own value
/// and the values of its visited moves.
double mixed_value(std::span<const GumbelMove> moves, double own_value);

/// softmax(logits + σ(completed q)) (equation 11): the improved policy, which is the policy target.
/// One probability for each move.
std::vector<float> improved_policy(std::span<const GumbelMove> moves, double own_value,
                                   const GumbelScale& scale);

/// Sequential halving that starts with `considered` moves: for each of the `simulations`, the
/// number of visits that a move must have to be considered. Like mctx's
/// get_sequence_of_considered_visits().
std::vector<int> considered_visits(int considered, int simulations);

/// At the root: the index of the move with the greatest noise + logit + σ(q) among those with
/// `visits` visits. Requires at least one such move.
std::size_t choose_at_root(std::span<const GumbelMove> moves, int visits, double own_value,
                           const GumbelScale& scale);

/// At other nodes (equation 14): the index of the move that brings the shares of the visits closest
/// to the improved policy.
std::size_t choose_inside(std::span<const GumbelMove> moves, double own_value,
                          const GumbelScale& scale);

}  // namespace ponnuki::search
