// Judges who has won by a short search, which says who owns the points (engine/referee).
#pragma once

#include "engine/referee/judgement.h"
#include "engine/result.h"
#include "engine/search/search.h"

namespace ponnuki::search {

/// What such a search may take: about a hundred visits.
SearchLimits judgement_limits();
/// Where it begins: the same stones without the passes and bans that led to them. What is dead does
/// not depend on whose pass ended the game, and a search cannot begin at the end of a game.
Position judgement_root(const Position& position);
/// The judgement of `position` by a search from judgement_root() that has ended.
referee::Judgement judgement_by(const Search& search, const Position& position,
                                Evaluator& evaluator);

/// Runs a search of its own where the position is not counted as it stands. Blocks. An error where
/// the evaluator does not accept the board.
Result<referee::Judgement> final_judgement(const Position& position, Evaluator& evaluator,
                                           const SearchParams& params);

}  // namespace ponnuki::search
