// Chooses the dead chains of a finished game as a whole: chains live and die together.
#pragma once

#include <vector>

#include "engine/position.h"
#include "engine/referee/chain_fates.h"

namespace ponnuki::referee {

struct DeadChoice {
  std::vector<Point> heads;  // of the dead chains
  bool unsure = false;       // another choice with another score is nearly as good
};

/// Chooses the dead among the chains that are not proved to live or to be dead, so that three
/// things fit together best:
///
///   - the ownership in the views: ChainFate::kept,
///   - who owns the points after random playouts: `playouts`, of playout_ownership(),
///   - sense: after removal of the dead stones, each living chain has territory or lives in seki.
///
/// Networks and playouts often misjudge one group. The stones around it then make no sense: a
/// living group stands beside a living enemy that surrounds it.
DeadChoice choose_dead(const Position& position, const std::vector<ChainFate>& fates,
                       const std::vector<float>& playouts);

}  // namespace ponnuki::referee
