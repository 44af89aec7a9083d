// Answers of the analysis engine: lines of JSON, with KataGo's names (docs/analysis.md).
#pragma once

#include <string>

#include "analysis/request.h"

namespace ponnuki::analysis {

/// The options of the report on the search tree that answers to this query need.
search::AnalysisOptions options_for(const AnalysisQuery& query);

/// Winrates and scores are from the query's perspective. Policy and ownership begin at the top
/// left.
std::string analysis_answer(const AnalysisQuery& query, int turn, bool during_search,
                            const Position& position, const search::Analysis& analysis);
/// The answer for a search that was ended before it began.
std::string no_results(const AnalysisQuery& query, int turn);

/// The program and its net.
struct EngineFacts {
  std::string version;  // of Ponnuki
  std::string net;      // the evaluator's name
};
/// The request, with the requested information added.
std::string action_answer(const AnalysisAction& action, const EngineFacts& facts);

}  // namespace ponnuki::analysis
