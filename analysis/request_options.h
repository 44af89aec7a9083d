// The options of an analysis query: how to search, and what its answers tell.
#pragma once

#include <string>
#include <vector>

#include "analysis/request.h"
#include "analysis/request_fields.h"

namespace ponnuki::analysis {

/// Fills in what the request says of settings, filters and what to tell; `query` has its defaults
/// and its game already. Throws a Refusal. Returns warnings, lines of JSON.
std::vector<std::string> read_options(const RequestFields& fields, AnalysisQuery* query);

}  // namespace ponnuki::analysis
