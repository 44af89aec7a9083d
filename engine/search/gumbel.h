// The rules of Gumbel search (Danihelka et al., "Policy improvement by planning with Gumbel", ICLR
// 2022), as pure functions over the moves of one node. They improve the policy with any number of
// simulations, however small.
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

  /// σ, which turns a value into a logit (equation 8).
  double operator()(double q, int most_visits) const { return (visits + most_visits) * value * q; }
};

/// v_mix (appendix D): the value assumed for an unvisited move, from the node's own value and those
/// of its visited moves.
double mixed_value(std::span<const GumbelMove> moves, double own_value);

/// softmax(logits + σ(completed q)) (equation 11): the improved policy, which is the policy target.
/// One number per move.
std::vector<float> improved_policy(std::span<const GumbelMove> moves, double own_value,
                                   const GumbelScale& scale);

/// Sequential halving that begins with `considered` moves: for each of the `simulations`, the
/// visits that a move must have to be considered. As mctx's get_sequence_of_considered_visits().
std::vector<int> considered_visits(int considered, int simulations);

/// At the root: the index of the move with the greatest noise + logit + σ(q) among those with
/// `visits` visits. Requires that there is one.
std::size_t choose_at_root(std::span<const GumbelMove> moves, int visits, double own_value,
                           const GumbelScale& scale);

/// At other nodes (equation 14): the index of the move that brings the shares of the visits closest
/// to the improved policy.
std::size_t choose_inside(std::span<const GumbelMove> moves, double own_value,
                          const GumbelScale& scale);

}  // namespace ponnuki::search
