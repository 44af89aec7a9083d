// The score of a finished game, as GTP's final_score has it: counted as it stands where the rules
// say so, else after a short search has said which stones are dead.
#pragma once

#include "engine/evaluator.h"
#include "engine/result.h"
#include "engine/score.h"
#include "engine/search/params.h"

namespace ponnuki::gtp {

/// Requires that the game is over and not without result. Takes a search of about a hundred visits.
Result<Score> final_score(const Position& position, Evaluator& evaluator,
                          const search::SearchParams& params);

}  // namespace ponnuki::gtp
