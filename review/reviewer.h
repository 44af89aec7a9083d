// Reviewer: assesses the positions of games, many at once, those of several games side by side.
//
//   next game → positions → cache, or SearchPool → Assessments → second pass → done, in order
//
// The second pass searches the positions around the worst moves of a game again, for longer: a move
// may look like a mistake only because the search was wrong.
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
  /// Of the positions around the worst moves; unset: no second pass.
  std::optional<search::SearchLimits> second_limits;
  int second_pass_moves = 12;  // at most; and at most a tenth of the moves of the game
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

/// Calls all handlers on this thread.
void review_games(Evaluator& evaluator, const ReviewOptions& options, AssessmentCache& cache,
                  const ReviewHandlers& handlers);

}  // namespace ponnuki::review
