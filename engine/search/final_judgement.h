// Judges the end of a game: asks searches for their views, and engine/referee for the judgement.
#pragma once

#include <functional>

#include "engine/referee/judgement.h"
#include "engine/result.h"
#include "engine/search/search.h"

namespace ponnuki::search {

/// Searches `root` within `limits` and returns what the search thinks (view_of()).
using Ask = std::function<Result<referee::View>(const Position& root, const SearchLimits& limits)>;

/// The view of a finished search with ownership. If the evaluator of the search gives no ownership
/// with its values, it is asked for it again in each symmetry.
referee::View view_of(Search& search, Evaluator& evaluator);

/// The parameters of these searches: one thread and no chance, so that every part of the program
/// judges a position alike, whatever it was asked before and however its own searches are set up.
SearchParams judgement_params();

/// Judges `position`. If it is not counted as it stands, it is searched twice, with each player to
/// move first. The searches begin after the passes, which stay in the history. Settled boards are
/// counted (judge_if_settled()); the score of any other is estimated. Returns the first error of
/// `ask`. The first search must not continue an earlier one.
Result<referee::Judgement> final_judgement(const Position& position, const Ask& ask);

/// The same with searches of its own. Blocks. Returns an error if the evaluator does not accept the
/// board size.
Result<referee::Judgement> final_judgement(const Position& position, Evaluator& evaluator);

}  // namespace ponnuki::search
