// How an analysis query wants to be searched, and what its answers are to tell.
#pragma once

#include <string>
#include <vector>

#include "analysis/request.h"
#include "analysis/request_fields.h"

namespace ponnuki::analysis {

/// Fills in settings, filters and wishes, where the request has any; `query` has its defaults and
/// its game. Throws a Refusal. Returns warnings, lines of JSON.
std::vector<std::string> read_wishes(const RequestFields& fields, AnalysisQuery* query);

}  // namespace ponnuki::analysis
