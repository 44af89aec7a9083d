// Answers of the analysis engine: lines of JSON, with KataGo's names (docs/analysis.md).
#pragma once

#include <string>

#include "analysis/request.h"

namespace ponnuki::analysis {

/// What an answer to this query needs to know of the search tree.
search::AnalysisOptions options_for(const AnalysisQuery& query);

/// Winrates and scores are those of the query's perspective; policy and ownership begin at the top
/// left.
std::string analysis_answer(const AnalysisQuery& query, int turn, bool during_search,
                            const Position& position, const search::Analysis& analysis);
/// For a search that was ended before it began.
std::string no_results(const AnalysisQuery& query, int turn);

/// Who answers: the program and its net.
struct EngineFacts {
  std::string version;  // of Ponnuki
  std::string net;      // the evaluator's name
};
/// The request, with what it asks for added.
std::string action_answer(const AnalysisAction& action, const EngineFacts& facts);

}  // namespace ponnuki::analysis
