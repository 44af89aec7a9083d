// Reads the options of an analysis query: how to search, and the contents of its answers.
#pragma once

#include <string>
#include <vector>

#include "analysis/request.h"
#include "server/request_fields.h"

namespace ponnuki::analysis {

/// Fills in settings, filters and the contents of answers from the request. `query` must already
/// contain its defaults and its game. Throws a Refusal. Returns warnings, as lines of JSON.
std::vector<std::string> read_options(const server::RequestFields& fields, AnalysisQuery* query);

}  // namespace ponnuki::analysis
