// What a client of the analysis engine asks: KataGo's JSON protocol (its docs/Analysis_Engine.md;
// docs/analysis.md), one object a line.
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

/// Positions of a game that are to be searched.
struct AnalysisQuery {
  struct Turn {
    int number;  // moves played before it
    std::int64_t priority;
  };

  std::string id;
  Game start;
  std::vector<Move> moves;
  std::vector<Turn> turns;  // at least one, none twice, by number
  AnalysisSettings settings;
  std::vector<search::MoveFilter> filters;

  // What answers tell beside the usual fields.
  bool policy = false, pv_visits = false, no_result_value = false;
  bool ownership = false, ownership_stdev = false;
  bool moves_ownership = false, moves_ownership_stdev = false;

  // Answers while a search is under way, in seconds; none where the first is unset.
  std::optional<double> first_report_after;
  std::optional<double> report_every;  // unset: only the first

  Position position_at(int turn) const;
};

struct AnalysisAction {
  enum class Kind { kVersion, kModels, kClearCache, kTerminate, kTerminateAll };

  Kind kind;
  std::string request;                    // the JSON object, which answers repeat
  std::string terminate_id;               // of kTerminate
  std::optional<std::vector<int>> turns;  // that are to be terminated; unset: all
};

struct AnalysisRequest {
  std::variant<std::monostate, AnalysisQuery, AnalysisAction> what;  // nothing: it was refused
  std::vector<std::string> replies;  // errors and warnings, lines of JSON in KataGo's words
};

/// Never fails: what is wrong is in the replies. `defaults` hold where the request says nothing;
/// `line` has no bytes beyond kMaxLineBytes.
AnalysisRequest parse_analysis_request(std::string_view line, const AnalysisSettings& defaults);

/// {"error":…,"field":…,"id":…}
std::string field_error(const std::string& id, const std::string& field, const std::string& text);

}  // namespace ponnuki::analysis
