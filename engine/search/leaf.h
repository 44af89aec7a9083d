// What a position is worth before it is searched: what the evaluator is asked, and what its answer,
// or the end of the game, means for White.
#pragma once

#include <cstdint>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/search/core.h"
#include "engine/search/tree_stats.h"
#include "engine/symmetry.h"
#include "engine/types.h"

namespace ponnuki::search {

struct EvaluateOptions {
  bool is_root = false;
  bool with_ownership = false;
  int symmetry = -1;  // -1: picked by the position's hash
};
/// The question about a position of the tree. `position` and `out` must live until the answer is
/// there and note_answer() was told of it.
EvalRequest request_for(const SearchCore& core, const Position& position,
                        const EvaluateOptions& options, Evaluation& out);
void note_answer(SearchCore& core, const Evaluation& answer);

/// The symmetry that the board's hash and `salt` pick: the same one whenever a position comes back.
Symmetry symmetry_by_hash(const Position& position, std::uint64_t salt);

/// An evaluation as White sees it, of weight 1.
OwnValue seen_by_white(const Evaluation& evaluation, Color to_move);
/// The same with the weight that its short-term errors leave it.
OwnValue own_value(SearchCore& core, const Evaluation& evaluation, Color to_move);

/// The value of a finished game: exact under area scoring; under territory scoring the dead are
/// judged by the evaluation's ownership, and where that is unsure its value stands.
OwnValue final_value(SearchCore& core, const Position& position, const Evaluation* evaluation);

}  // namespace ponnuki::search
