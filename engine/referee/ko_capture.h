// Reads captures in places with kos.
#pragma once

#include "engine/referee/capture.h"

namespace ponnuki::referee {

/// As read_capture(), for a place with kos. Builds the graph of all positions, with the recaptures
/// that are forbidden in each, and finds those from which the attacker captures in a finite number
/// of moves. A cycle is no capture: a double ko saves a chain. kUnclear if the graph is too large.
///
/// Under LifeRule::kArticle7, whoever was captured in a ko recaptures there only after a pass for
/// that ko. Under LifeRule::kPlay the answer does not depend on ko threats: kNo holds even if the
/// attacker has a threat at all times and the owner none, kYes the other way round.
Capture read_ko_capture(const Board& board, Point stone, Color first, LifeRule rule,
                        Reading reading);

}  // namespace ponnuki::referee
