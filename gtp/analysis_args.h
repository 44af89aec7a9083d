// The arguments of the analysis commands:
//   [color] [interval in centiseconds] (interval N | minmoves N | maxmoves N | avoid C V,V N |
//   allow C V,V N | ownership|ownershipStdev|movesOwnership|pvVisits|pvEdgeVisits|rootInfo|
//   noResultValue true)*
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/search/search.h"

namespace ponnuki::gtp {

/// The dialect: Leela Zero's, KataGo's (with its optional fields), or Sabaki's.
enum class AnalysisStyle { kLeelaZero, kKata, kSabaki };

struct AnalysisArgs {
  AnalysisStyle style = AnalysisStyle::kKata;
  Color player = Color::kBlack;
  double interval_seconds = std::numeric_limits<double>::infinity();  // infinity: no reports
  int min_moves = 0;
  int max_moves = 1000;
  std::vector<search::MoveFilter> filters;
  // Only in KataGo's style:
  bool ownership = false;
  bool ownership_stdev = false;
  bool moves_ownership = false;
  bool pv_visits = false;
  bool pv_edge_visits = false;
  bool root_info = false;
  bool no_result_value = false;
};

/// `defaults` has the style and the player to move. Returns an error for unknown keys: clients send
/// them to find out what is supported.
Result<AnalysisArgs> parse_analysis_args(const std::vector<std::string>& words, BoardSize size,
                                         AnalysisArgs defaults);

}  // namespace ponnuki::gtp
