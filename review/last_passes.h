// The passes with which a player ends a game. A search that takes dead stones for living ones sees
// a loss in such a pass where there is none. The referee, who judges the end of games, tells what
// another move would have gained.
#pragma once

#include <map>

#include "engine/evaluator.h"
#include "review/game_review.h"

namespace ponnuki::review {

/// The losses of these passes, by node of the main line. Only passes after the last stone of their
/// player are judged. Where the board is not near its end the search's figures stand, so that the
/// map lacks the pass. Needs the assessments of the first searches. Blocks.
std::map<int, MoveLoss> judge_last_passes(const GameReview& review, Evaluator& evaluator);

}  // namespace ponnuki::review
