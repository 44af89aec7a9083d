// Choosing a move from what a search has counted (KataGo's getPlaySelectionValues): visits, less
// those that hindsight would not spend, plus a bonus for the move that is best even when it is
// judged cautiously (lower confidence bound). Pure functions.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/random.h"
#include "engine/search/params.h"
#include "engine/search/puct.h"
#include "engine/search/tree_stats.h"
#include "engine/types.h"

namespace ponnuki::search {

/// A move of the node, as the choice sees it. Utilities are those of the player to move.
struct ChoiceMove {
  Point move;
  double prior = 0;  // negative: illegal
  std::uint32_t edge_visits = 0;
  NodeStats stats;          // of the child
  double self_utility = 0;  // with the bonuses of the root
  double lcb = 0;           // of the utility; see bound_utility()
  double radius = 0;        // self_utility - lcb
  double value = 0;         // out: how much the move recommends itself
};

/// Fills lcb and radius: the utility less `lcb_stdevs` standard errors.
void bound_utility(ChoiceMove& move, double utility_radius, const SearchParams& params);

/// Fills the values. `parent`: at a root, visits that exploration alone explains are taken off.
void set_selection_values(std::span<ChoiceMove> moves, const ParentView& parent,
                          const SearchParams& params);

/// An index with probability proportional to value^(1 / temperature), where shares above
/// `only_below` keep their proportions; the largest value where the temperature is about 0.
/// Requires a positive value.
std::size_t pick_with_temperature(std::span<const double> values, double temperature,
                                  double only_below, Random& random);

}  // namespace ponnuki::search
