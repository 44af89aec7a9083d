// Which chains of a finished game are alive or dead, by ownership maps and by local reading.
#pragma once

#include <vector>

#include "engine/position.h"
#include "engine/referee/capture.h"
#include "engine/referee/judgement.h"

namespace ponnuki::referee {

enum class Fate { kAlive, kDoubtful, kDead };

struct ChainFate {
  Point head;
  Fate fate = Fate::kDoubtful;
  double kept = 0;      // mean ownership for the chain's owner, from -1 (lost) to 1
  bool proved = false;  // by the pass-alive area or by reading
};

/// The fate of each chain. These decide, the first before the next:
///
///   1. The pass-alive area: stones in it cannot be captured, and the opponent's stones are dead.
///   2. Reading (read_capture): a chain is alive that its opponent, moving first, cannot capture;
///      this finds sekis. A chain is dead that its owner, moving first, cannot save.
///   3. The ownership in the view in which the opponent moves first, with thresholds in both
///      directions (KataGo asks 0.2 for a living chain).
///
/// Under territory scoring, a chain that lives by the search but dies by article 7 alone, as ko
/// threats do not count there, is dead if the chains around it live.
///
/// A stone that could be captured in a ko has the fate of the chains to which it connects: its
/// player would connect it before the end.
///
/// Where a view has no ownership, that in `playouts` (playout_ownership()) takes its place. If it
/// is empty too, only the first decides, and all other chains are alive. Quick reading looks only
/// at chains of which the ownership is not sure.
std::vector<ChainFate> chain_fates(const Position& position, const Views& views,
                                   const std::vector<float>& playouts, Reading reading);

}  // namespace ponnuki::referee
