// Judges the winner of a game by a short search, whose ownership goes to engine/referee.
#pragma once

#include "engine/referee/judgement.h"
#include "engine/result.h"
#include "engine/search/search.h"

namespace ponnuki::search {

/// The limits of such a search: about a hundred visits.
SearchLimits judgement_limits();
/// The root of such a search: the same stones without the passes and bans before it. Which stones
/// are dead does not depend on whose pass ended the game, and a search cannot start at the end of a
/// game.
Position judgement_root(const Position& position);
/// The judgement of `position` by a finished search from judgement_root().
referee::Judgement judgement_by(const Search& search, const Position& position,
                                Evaluator& evaluator);

/// Judges `position`; runs a search unless the position is counted as it stands. Blocks. Returns an
/// error if the evaluator does not accept the board size.
Result<referee::Judgement> final_judgement(const Position& position, Evaluator& evaluator,
                                           const SearchParams& params);

}  // namespace ponnuki::search
