// Finds protective moves (teire) inside territory that atari alone does not show.
#pragma once

#include "engine/board.h"
#include "engine/point_set.h"
#include "engine/referee/capture.h"

namespace ponnuki::referee {

/// The points that players must fill in their own territory, since the opponent, moving first,
/// could capture a living chain there whatever they answer. `settled` has its borders settled
/// (settle.h); the `dead` stones are still on it. Sees only small closed spaces (read_capture).
PointSet protective_moves(const Board& settled, const PointSet& dead,
                          Reading reading = Reading::kThorough);

}  // namespace ponnuki::referee
