// Dead stones by an ownership map, which an evaluator or a search has estimated.
#pragma once

#include <optional>
#include <vector>

#include "engine/position.h"

namespace ponnuki::referee {

/// Ownership by cell, row-major: +1 = `view` owns the point, -1 = its opponent does. An empty map
/// means that nothing is known.
struct Ownership {
  const std::vector<float>& values;
  Color view;
};

/// Every dead stone. A chain is dead if its points belong more to the opponent than to its owner.
/// The pass-alive area comes first: stones in it cannot be captured, the opponent's stones in it
/// are dead. Without ownership only the latter are dead.
std::vector<Point> dead_by_majority(const Position& position, const Ownership& ownership);

/// One stone of each dead chain: its opponent owns three quarters of its points or more, that is a
/// mean of -0.5 or less. Nothing if the mean of some chain lies between -0.5 and 0.5, or if there
/// is no ownership.
std::optional<std::vector<Point>> dead_beyond_doubt(const Position& position,
                                                    const Ownership& ownership);

}  // namespace ponnuki::referee
