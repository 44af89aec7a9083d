// The report of a search on its root and its moves. All values are from the perspective of the
// player to move at the root.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/types.h"

namespace ponnuki::search {

/// A move of the root.
struct MoveInfo {
  Point move;
  int order = 0;
  std::int64_t visits = 0;       // of the child
  std::int64_t edge_visits = 0;  // visits of the child through this edge
  double weight = 0;             // sum of the weights of this edge's visits
  double utility = 0;
  double winrate = 0.5;  // (win - loss + 1) / 2
  double no_result = 0;
  double score_mean = 0;      // points
  double score_stdev = 0;     // points
  double score_lead = 0;      // points
  double score_selfplay = 0;  // equals score_mean (KataGo's name)
  double prior = 0;
  double lcb = 0;  // lower confidence bound of the winrate
  double utility_lcb = 0;
  double play_selection_value = 0;
  // None, unless this move was pruned as the mirror image of `symmetry_of`.
  Point symmetry_of;
  std::vector<Point> pv;  // begins with `move`
  std::vector<std::int64_t> pv_visits;
  std::vector<std::int64_t> pv_edge_visits;
  std::vector<float> ownership;  // if requested
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
  // The evaluator's own values, without search.
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
  std::vector<MoveInfo> moves;  // best first
  // The evaluator's priors at the root, laid out like Evaluation::policy.
  std::vector<float> policy;
  // Averaged over the tree, if requested; row-major, +1 = to_move.
  std::vector<float> ownership;
  std::vector<float> ownership_stdev;
};

struct AnalysisOptions {
  int min_moves = 0;  // reports at least this many legal moves, visited or not
  int max_moves = 1000;
  int pv_length = 15;
  bool ownership = false;
  bool ownership_stdev = false;
  bool moves_ownership = false;
  bool moves_ownership_stdev = false;
};

}  // namespace ponnuki::search
