// The weights of children in their parent's averages. Pure functions over an array of children.
#pragma once

#include <span>

#include "engine/search/params.h"
#include "engine/search/tree_stats.h"

namespace ponnuki::search {

/// A child whose edge has at least one visit, as an input of the backup.
struct WeighedChild {
  NodeStats stats;
  double prior = 0;         // at least 1e-30
  double self_utility = 0;  // from the perspective of the player who chose it
  double weight = 0;        // in: weight of the edge; out: adjusted weight
};

/// Lowers the weights of children that have more than twice the share of visits that their priors
/// suggest but are worse than the average of the children before them (KataGo's noise pruning).
/// Requires the children in the order of their first visit. Returns the total of the remaining
/// weights.
double prune_noise(std::span<WeighedChild> children, double total, const SearchParams& params);

/// Shifts weight from children that are worse than the average to better ones (KataGo's
/// valueWeightExponent). Each weight is multiplied by a power of Student's t distribution function
/// (3 degrees of freedom) of the child's z-score, then all are rescaled to keep the total.
void weigh_by_value(std::span<WeighedChild> children, double total, const SearchParams& params);

/// The distribution function of Student's t with 3 degrees of freedom, from a table. The error is
/// below 1e-4.
double student_t3_cdf(double t);

}  // namespace ponnuki::search
