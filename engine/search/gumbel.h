// The rules of Gumbel search (Danihelka et al., "Policy improvement by planning with Gumbel", ICLR
// 2022), as pure functions over the moves of one node. They improve the policy by however few
// simulations.
#pragma once

#include <span>
#include <vector>

namespace ponnuki::search {

/// One move of a node. Values q are in [0, 1], for the player to move there.
struct GumbelMove {
  float logit = 0;  // of the prior
  int visits = 0;
  double value = 0;  // mean; of visited moves only
  float noise = 0;   // the root's Gumbel noise
};

struct GumbelScale {
  double visits = 50;  // c_visit
  double value = 1;    // c_scale

  /// σ, which makes logits of values (equation 8).
  double operator()(double q, int most_visits) const { return (visits + most_visits) * value * q; }
};

/// v_mix (appendix D): what an unvisited move is worth, of the node's own value and its visited
/// moves'.
double mixed_value(std::span<const GumbelMove> moves, double own_value);

/// softmax(logits + σ(completed q)) (equation 11): the improved policy, and what to learn.
/// One number a move.
std::vector<float> improved_policy(std::span<const GumbelMove> moves, double own_value,
                                   const GumbelScale& scale);

/// Sequential halving: visits that a move must have to be looked at by simulation 0, 1, ... of
/// `simulations`, if `considered` moves begin. Like mctx's get_sequence_of_considered_visits().
std::vector<int> considered_visits(int considered, int simulations);

/// The root: of the moves with `visits` visits the one with the greatest noise + logit + σ(q).
/// Requires that there is one.
std::size_t choose_at_root(std::span<const GumbelMove> moves, int visits, double own_value,
                           const GumbelScale& scale);

/// Other nodes (equation 14): follows the improved policy as closely as visits can.
std::size_t choose_inside(std::span<const GumbelMove> moves, double own_value,
                          const GumbelScale& scale);

}  // namespace ponnuki::search
