// The value of a position before any search: the request to the evaluator, and White's value of its
// answer or of the finished game.
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
/// The request for a position of the tree. `position` and `out` must outlive the evaluation. Pass
/// each answer to note_short_term_errors().
EvalRequest request_for(const SearchCore& core, const Position& position,
                        const EvaluateOptions& options, Evaluation& out);
/// Remembers that the evaluator gives short-term errors, if this answer has some.
void note_short_term_errors(SearchCore& core, const Evaluation& answer);

/// A symmetry chosen by the hash of the board and `salt`: always the same for the same board.
Symmetry symmetry_by_hash(const Position& position, std::uint64_t salt);

/// An evaluation turned into White's view, with weight 1.
OwnValue seen_by_white(const Evaluation& evaluation, Color to_move);
/// The same, weighted by its short-term errors (uncertainty_weight()).
OwnValue own_value(SearchCore& core, const Evaluation& evaluation, Color to_move);

/// The value of a finished game: exact under area scoring; under territory scoring the dead are
/// judged by the evaluation's ownership, and where that is unsure its value stands.
OwnValue final_value(SearchCore& core, const Position& position, const Evaluation* evaluation);

}  // namespace ponnuki::search
