// Selection values: which move to play after a search (KataGo's getPlaySelectionValues). A value is
// the number of visits, minus those that only exploration explains, plus a bonus for the move with
// the best lower confidence bound (LCB). Pure functions.
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

/// A move of a node, with everything that the choice depends on. Utilities are from the perspective
/// of the player to move.
struct ChoiceMove {
  Point move;
  double prior = 0;  // negative: illegal
  std::uint32_t edge_visits = 0;
  NodeStats stats;          // of the child
  double self_utility = 0;  // includes the bonus at the root
  double lcb = 0;           // lower bound of the utility, set by set_lcb()
  double radius = 0;        // self_utility - lcb
  double value = 0;         // out: the selection value
};

/// Sets lcb and radius: lcb is the utility minus `lcb_stdevs` standard errors.
void set_lcb(ChoiceMove& move, double utility_radius, const SearchParams& params);

/// Sets the selection values. If `parent` is the root, visits that only exploration explains do not
/// count.
void set_selection_values(std::span<ChoiceMove> moves, const ParentView& parent,
                          const SearchParams& params);

/// Returns an index with probability proportional to value^(1 / temperature). Shares above
/// `only_below` keep their proportions. If the temperature is about 0, returns the index of the
/// largest value. Requires at least one positive value.
std::size_t pick_with_temperature(std::span<const double> values, double temperature,
                                  double only_below, Random& random);

}  // namespace ponnuki::search
