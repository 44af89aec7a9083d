// Reads the game of an analysis query, and the positions to search.
#pragma once

#include "analysis/request.h"
#include "server/request_fields.h"

namespace ponnuki::analysis {

/// Fills in start, moves and turns. Throws a Refusal.
void read_game(const server::RequestFields& fields, AnalysisQuery* query);

/// Throws a Refusal if a move cannot be played.
void check_moves(const AnalysisQuery& query);

}  // namespace ponnuki::analysis
