// The game that an analysis query is about, and which of its positions.
#pragma once

#include "analysis/request.h"
#include "analysis/request_fields.h"

namespace ponnuki::analysis {

/// Fills in start, moves (all of which can be played) and turns. Throws a Refusal.
void read_game(const RequestFields& fields, AnalysisQuery* query);

}  // namespace ponnuki::analysis
