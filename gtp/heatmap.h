// The evaluator's priors as Leela Zero's heatmap shows them.
#pragma once

#include <string>

#include "engine/evaluator.h"

namespace ponnuki::gtp {

/// Priors in thousandths, row by row, then pass and the winrate of the player to move.
std::string heatmap_text(const Position& position, const Evaluation& evaluation);

}  // namespace ponnuki::gtp
