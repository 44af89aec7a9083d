// The evaluator's own numbers as text, without search: kata-raw-nn and heatmap.
#pragma once

#include <string>

#include "engine/evaluator.h"

namespace ponnuki {

/// KataGo's form: "symmetry N", keys with values for White, then the policy and ownership as tables.
/// `evaluation` is for the player to move of `position`, as evaluators give it.
std::string raw_evaluation_text(const Position& position, Symmetry symmetry,
                                const Evaluation& evaluation);

/// Leela Zero's heatmap: priors in thousandths, row by row, then pass and winrate.
std::string heatmap_text(const Position& position, const Evaluation& evaluation);

}  // namespace ponnuki
