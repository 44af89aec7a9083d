// Reads the game of an analysis query, and the positions to search.
#pragma once

#include "analysis/request.h"
#include "analysis/request_fields.h"

namespace ponnuki::analysis {

/// Fills in start, moves and turns. All moves can be played. Throws a Refusal.
void read_game(const RequestFields& fields, AnalysisQuery* query);

}  // namespace ponnuki::analysis
