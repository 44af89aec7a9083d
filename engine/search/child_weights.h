// How much each child counts in its parent's averages. Pure functions over an array of children.
#pragma once

#include <span>

#include "engine/search/params.h"
#include "engine/search/tree_stats.h"

namespace ponnuki::search {

/// A child with at least one visit of the edge, as the back-up sees it.
struct WeighedChild {
  NodeStats stats;
  double prior = 0;         // at least 1e-30
  double self_utility = 0;  // for the player who chose it
  double weight = 0;        // in: of the edge; out: adjusted
};

/// Takes weight from children that got more than twice their policy's share of visits but look
/// worse than the average of the children before them (KataGo's noise pruning). Children in the
/// order of their first visit. Returns the weight left.
double prune_noise(std::span<WeighedChild> children, double total, const SearchParams& params);

/// Shifts weight from children that look worse than the average to those that look better, by the
/// exponent-th power of their t-distributed (3 degrees of freedom) chance; the total stays.
void weigh_by_value(std::span<WeighedChild> children, double total, const SearchParams& params);

/// Distribution function of Student's t with 3 degrees of freedom, from a table; exact to 1e-4.
double student_t3_cdf(double t);

}  // namespace ponnuki::search
