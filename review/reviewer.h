// Reviewer: assesses the positions of games, many at once, those of several games side by side.
//
//   next game → positions → cache, or SearchPool → Assessments → second pass → done, in order
//
// The second pass searches the positions around a game's worst moves again, for longer: what looked
// like a mistake may have been the search's own.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "engine/evaluator.h"
#include "review/assessment_cache.h"
#include "review/game_review.h"

namespace ponnuki::review {

struct ReviewOptions {
  search::SearchParams params;
  int threads = 1;
  search::SearchLimits limits;  // of each position
  std::optional<search::SearchLimits>
      second_limits;           // of those around the worst moves; unset: no second pass
  int second_pass_moves = 12;  // at most; no more than a tenth of the game's
};

/// What is to be assessed: all positions of the tree, or one.
struct ReviewTask {
  GameReview review;
  std::optional<int> only;  // this node, without a second pass
};

struct ReviewProgress {
  std::int64_t games = 0;        // done
  std::int64_t positions = 0;    // known, by search or from the cache
  std::int64_t searched = 0;     // of these
  std::int64_t second_pass = 0;  // searches of the second pass that were added so far
};

struct ReviewHandlers {
  std::function<std::optional<ReviewTask>()> next;           // nothing: no more
  std::function<void(const GameReview&)> done;               // in the order of next()
  std::function<void(const ReviewProgress&)> progress = {};  // after each position
  /// The cache cannot be written; told once.
  std::function<void(const std::string& error)> warn = {};
};

/// All handlers are called on this thread.
void review_games(Evaluator& evaluator, const ReviewOptions& options, AssessmentCache& cache,
                  const ReviewHandlers& handlers);

}  // namespace ponnuki::review
