// The weights of children in their parent's averages. Pure functions over an array of children.
#pragma once

#include <span>

#include "engine/search/params.h"
#include "engine/search/tree_stats.h"

namespace ponnuki::search {

/// A child whose edge has at least one visit, as an input of the back-up.
struct WeighedChild {
  NodeStats stats;
  double prior = 0;         // at least 1e-30
  double self_utility = 0;  // for the player who chose it
  double weight = 0;        // in: of the edge; out: adjusted
};

/// Lowers the weights of children that have more than twice the share of visits that their priors
/// suggest but are worse than the average of the children before them (KataGo's noise pruning).
/// Requires the children in the order of their first visit. Returns the total weight that is left.
double prune_noise(std::span<WeighedChild> children, double total, const SearchParams& params);

/// Shifts weight from children that are worse than the average to better ones: multiplies each
/// weight by a power of Student's t distribution function (3 degrees of freedom) of the child's
/// z-score, and rescales so that the total stays (KataGo's valueWeightExponent).
void weigh_by_value(std::span<WeighedChild> children, double total, const SearchParams& params);

/// Distribution function of Student's t with 3 degrees of freedom, from a table; error below 1e-4.
double student_t3_cdf(double t);

}  // namespace ponnuki::search
