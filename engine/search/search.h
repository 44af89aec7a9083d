// Search: a Monte Carlo tree search (PUCT) over an Evaluator, with one or more threads.
//
//   1. select   a path from the root by PUCT with virtual loss
//   2. expand   the leaf, by the Evaluator's answer or the exact score of a finished game
//   3. back up  win/loss and score along the path
//
// Internal values are from White's perspective; reports (engine/search/analysis.h) are from the
// perspective of the player to move.
#pragma once

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/search/analysis.h"
#include "engine/search/limits.h"
#include "engine/search/params.h"
#include "engine/types.h"

namespace ponnuki::search {

class Search {
 public:
  /// The evaluator must outlive the search.
  Search(Evaluator& evaluator, const SearchParams& params);
  ~Search();

  const SearchParams& params() const;
  /// Takes effect at the next run. Drops the tree if it depends on a parameter that changes.
  void set_params(const SearchParams& params);
  /// Makes `position` the root. Keeps the subtree if `position` continues the current root by some
  /// moves.
  void set_position(const Position& position);
  const Position& position() const;
  void set_filters(std::vector<MoveFilter> filters);
  /// Drops the tree and restarts the random streams.
  void clear();

  /// Searches until a limit is reached or `stop` is requested. Blocks. Only one run at a time.
  /// Throws what the evaluator throws, and std::bad_alloc; the tree is then dropped.
  SearchStats run(const SearchLimits& limits, std::stop_token stop = {});

  /// run() in steps on the calling thread, for callers that evaluate the leaves of many searches in
  /// one batch:
  ///
  ///     search.start(limits);
  ///     while (search.gather(requests)) { /* have them answered */ search.absorb(); }
  ///     stats = search.finish();
  ///
  /// gather() appends requests, sometimes none; they are valid until absorb(). It returns false
  /// when the run is over. The results are those of run() on one thread.
  void start(const SearchLimits& limits, std::stop_token stop = {});
  bool gather(std::vector<EvalRequest>& requests);
  void absorb();
  SearchStats finish();

  /// A report on the current tree. May be called from another thread during run().
  Analysis analysis(const AnalysisOptions& options = {}) const;

  struct Choice {
    Point move;            // pass if there is no tree
    double winrate = 0.5;  // from the perspective of the player to move
    double score_lead = 0;
  };
  /// The move to play, by visits, LCB, temperature and the rules for the end of the game
  /// (game_end.h). Requires a finished run. The caller decides about resignation.
  Choice choose_move();
  /// `chosen`, a move that the caller prefers to choose_move(), or a better one in its place by the
  /// rules for the end of the game. Requires a finished run.
  Point adjusted(Point chosen);

 private:
  struct Impl;
  struct SteppedRun;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::search
