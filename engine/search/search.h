// Search: a Monte Carlo tree search (PUCT) over an Evaluator, by one or more threads.
//
//   1. select   a path from the root by PUCT with virtual loss
//   2. expand   the leaf, asking the Evaluator for priors and values (exact values where the game
//   is over)
//   3. back up  win/loss and score along the path
//
// Values inside are White's utility; everything in the reports below is for the PLAYER TO MOVE at
// the root.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <stop_token>
#include <vector>

#include "engine/evaluator.h"
#include "engine/position.h"
#include "engine/search/params.h"

namespace ponnuki::search {

struct SearchLimits {
  std::int64_t visits =
      std::numeric_limits<std::int64_t>::max();  // of the root, tree reuse included
  std::int64_t playouts = std::numeric_limits<std::int64_t>::max();  // of this run
  double seconds = std::numeric_limits<double>::infinity();
};

struct MoveInfo {
  Point move;
  int order = 0;
  std::int64_t visits = 0;       // of the child
  std::int64_t edge_visits = 0;  // that went through this edge
  double weight = 0;
  double utility = 0;
  double winrate = 0.5;  // (win - loss + 1) / 2
  double no_result = 0;
  double score_mean = 0;
  double score_stdev = 0;
  double score_lead = 0;
  double score_selfplay = 0;
  double prior = 0;
  double lcb = 0;  // of the winrate
  double utility_lcb = 0;
  double play_selection_value = 0;
  Point symmetry_of;      // none unless this move was pruned as a mirror of that one
  std::vector<Point> pv;  // begins with `move`
  std::vector<std::int64_t> pv_visits;
  std::vector<std::int64_t> pv_edge_visits;
  std::vector<float> ownership;  // if asked for
  std::vector<float> ownership_stdev;
};

struct RootInfo {
  Color to_move = Color::kBlack;
  std::int64_t visits = 0;
  double weight = 0;
  double utility = 0;
  double winrate = 0.5;
  double no_result = 0;
  double score_lead = 0;
  double score_mean = 0;
  double score_stdev = 0;
  double score_selfplay = 0;
  // The evaluator's own, before search.
  double raw_winrate = 0.5;
  double raw_lead = 0;
  double raw_score_mean = 0;
  double raw_score_stdev = 0;
  double raw_no_result = 0;
  double raw_winrate_error = 0;
  double raw_score_error = 0;
  double raw_variance_time = 0;
};

struct Analysis {
  RootInfo root;
  std::vector<MoveInfo> moves;   // best first
  std::vector<float> policy;     // the evaluator's priors at the root, as Evaluation::policy
  std::vector<float> ownership;  // averaged over the tree, if asked for; row-major, +1 = to_move
  std::vector<float> ownership_stdev;
};

struct AnalysisOptions {
  int min_moves = 0;  // report at least this many legal moves, visited or not
  int max_moves = 1000;
  int pv_length = 15;
  bool ownership = false;
  bool ownership_stdev = false;
  bool moves_ownership = false;
  bool moves_ownership_stdev = false;
};

/// Moves that the root may or may not play (lz-analyze avoid/allow): until `until_depth` moves from
/// the root.
struct MoveFilter {
  Color player = Color::kBlack;
  std::vector<Point> points;
  int until_depth = 1;
  bool allow = false;  // true: only these; false: not these
};

struct SearchStats {
  std::int64_t playouts = 0;  // of this run
  std::int64_t root_visits = 0;
  std::size_t nodes = 0;
  std::size_t bytes = 0;  // of the tree
  double seconds = 0;
};

class Search {
 public:
  /// The evaluator must outlive the search.
  Search(Evaluator& evaluator, const SearchParams& params);
  ~Search();

  const SearchParams& params() const;
  /// Takes effect at the next run; drops the tree where it must.
  void set_params(const SearchParams& params);
  /// Makes `position` the root; keeps the subtree if it continues the present root by some moves.
  void set_position(const Position& position);
  const Position& position() const;
  void set_filters(std::vector<MoveFilter> filters);
  /// Drops the tree and restarts the random streams.
  void clear();

  /// Searches until a limit is met or `stop` is requested. Blocks. One run at a time.
  SearchStats run(const SearchLimits& limits, std::stop_token stop = {});

  /// run() in steps on the calling thread, for callers that evaluate the leaves of many searches in
  /// one call:
  ///
  ///     search.start(limits);
  ///     while (search.gather(requests)) { /* have them answered */ search.absorb(); }
  ///     stats = search.finish();
  ///
  /// gather() appends requests, none at times; they are valid until absorb(). False: the run is
  /// over. The results are those of run() on one thread.
  void start(const SearchLimits& limits, std::stop_token stop = {});
  bool gather(std::vector<EvalRequest>& requests);
  void absorb();
  SearchStats finish();

  /// What the tree says now. Safe from another thread while run() is under way.
  Analysis analysis(const AnalysisOptions& options = {}) const;

  struct Choice {
    Point move;            // pass when nothing better is known
    double winrate = 0.5;  // of the player to move
    double score_lead = 0;
  };
  /// The move to play: visits, LCB, temperature, pass sense. Requires a finished run. Resignation
  /// is the caller's.
  Choice choose_move();

 private:
  struct Impl;
  struct SteppedRun;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ponnuki::search
