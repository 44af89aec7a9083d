// Reviewer: assesses the positions of games, many at once; positions of several games are searched
// side by side.
//
// Two passes end a game only where the record ends: play that goes on after them is searched.
//
//   next game → positions → cache, or SearchPool → Assessments → second pass → done, in order
//
// Before the second pass the referee judges the passes that end the game (review/last_passes.h).
// The second pass searches the positions around the worst moves of a game again, with more effort,
// since an error of the search can make a move look like a mistake.
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
  /// For the positions around the worst moves; unset: no second pass.
  std::optional<search::SearchLimits> second_limits;
  // At most this many moves, and at most a tenth of the moves of the game.
  int second_pass_moves = 12;
};

/// The positions to assess: all positions of the tree, or one.
struct ReviewTask {
  GameReview review;
  std::optional<int> only;  // only this node, without a second pass
};

struct ReviewProgress {
  std::int64_t games = 0;        // done
  std::int64_t positions = 0;    // assessed, by search or from the cache
  std::int64_t searched = 0;     // by search
  std::int64_t second_pass = 0;  // searches added by the second pass so far
};

struct ReviewHandlers {
  std::function<std::optional<ReviewTask>()> next;           // returns nothing if there are no more
  std::function<void(const GameReview&)> done;               // called in the order of next()
  std::function<void(const ReviewProgress&)> progress = {};  // called after each position
  /// Called once if the cache cannot be written.
  std::function<void(const std::string& error)> warn = {};
};

/// Reviews all games. Blocks. Calls all handlers on the calling thread.
void review_games(Evaluator& evaluator, const ReviewOptions& options, AssessmentCache& cache,
                  const ReviewHandlers& handlers);

}  // namespace ponnuki::review
