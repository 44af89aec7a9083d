// The value of a position without search: the request to the evaluator, and White's value from its
// answer or from the finished game.
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
  int symmetry = -1;  // -1: chosen by the position's hash
};
/// The request for a position in the tree. `position` and `out` must outlive the evaluation. Each
/// answer must be passed to note_short_term_errors().
EvalRequest request_for(const SearchCore& core, const Position& position,
                        const EvaluateOptions& options, Evaluation& out);
/// Records that the evaluator provides short-term errors, if this answer has some.
void note_short_term_errors(SearchCore& core, const Evaluation& answer);

/// A symmetry chosen by the hash of the board and `salt`. The same board always gives the same one.
Symmetry symmetry_by_hash(const Position& position, std::uint64_t salt);

/// An evaluation converted to White's perspective, with weight 1.
OwnValue seen_by_white(const Evaluation& evaluation, Color to_move);
/// Like seen_by_white(), but weighted by its short-term errors (uncertainty_weight()).
OwnValue own_value(SearchCore& core, const Evaluation& evaluation, Color to_move);

/// The value of a finished game. It is exact under area scoring. Under territory scoring the
/// evaluation's ownership determines the dead stones; if the ownership is uncertain, the
/// evaluation's value is used.
OwnValue final_value(SearchCore& core, const Position& position, const Evaluation* evaluation);

}  // namespace ponnuki::search
