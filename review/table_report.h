// Reviews for programs and spreadsheets, a line a position.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// JSON shaped like the analysis engine's answers (docs/analysis.md), all Black's, with the move
/// that was played next: nextMove, nextMoveColor, nextMoveRank, nextWinrateGain, nextScoreGain
/// (the player's; below zero: it lost). A finished game has "finished" and "score" instead.
std::string position_json(const GameReview& review, int node);
/// A line for each position that is assessed.
std::string jsonl_report(const GameReview& review);

/// RFC 4180, with a line of headings.
std::string csv_report(const GameReview& review);

}  // namespace ponnuki::review
