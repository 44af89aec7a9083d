// Finds dead stones by an ownership map that an evaluator or a search has estimated.
#pragma once

#include <optional>
#include <vector>

#include "engine/position.h"
#include "engine/referee/chain_ownership.h"

namespace ponnuki::referee {

/// Returns one stone of each dead chain: a chain is dead if its mean ownership is -0.5 or less,
/// which means that its opponent owns three quarters of its points or more. Returns nothing if the
/// mean of some chain is between -0.5 and 0.5, or if there is no ownership.
std::optional<std::vector<Point>> dead_beyond_doubt(const Position& position,
                                                    const Ownership& ownership);

}  // namespace ponnuki::referee
