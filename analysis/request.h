// The requests of a client to the analysis engine: KataGo's JSON protocol (its
// docs/Analysis_Engine.md; docs/analysis.md), one object on each line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "analysis/settings.h"
#include "engine/game.h"
#include "engine/search/search.h"

namespace ponnuki::analysis {

/// Positions of a game to search.
struct AnalysisQuery {
  struct Turn {
    int number;  // moves played before it
    std::int64_t priority;
  };

  std::string id;
  Game start;
  std::vector<Move> moves;
  std::vector<Turn> turns;  // at least one, no duplicates, by number
  AnalysisSettings settings;
  std::vector<search::MoveFilter> filters;

  // Optional fields of answers.
  bool policy = false, pv_visits = false, no_result_value = false;
  bool ownership = false, ownership_stdev = false;
  bool moves_ownership = false, moves_ownership_stdev = false;

  // Times of answers during a search, in seconds. Without first_report_after there are none.
  std::optional<double> first_report_after;
  std::optional<double> report_every;  // unset: only the first

  Position position_at(int turn) const;
};

struct AnalysisAction {
  enum class Kind { kVersion, kModels, kClearCache, kTerminate, kTerminateAll };

  Kind kind;
  std::string request;                    // the JSON object, which answers repeat
  std::string terminate_id;               // for kTerminate
  std::optional<std::vector<int>> turns;  // to terminate; unset: all
};

struct AnalysisRequest {
  // std::monostate: the request was refused.
  std::variant<std::monostate, AnalysisQuery, AnalysisAction> what;
  // Errors and warnings: lines of JSON with KataGo's texts.
  std::vector<std::string> replies;
};

/// Never fails: `replies` contains the errors. `defaults` apply to options that the request does
/// not set. `line` must not exceed kMaxLineBytes.
AnalysisRequest parse_analysis_request(std::string_view line, const AnalysisSettings& defaults);

/// {"error":…,"field":…,"id":…}
std::string field_error(const std::string& id, const std::string& field, const std::string& text);

}  // namespace ponnuki::analysis
