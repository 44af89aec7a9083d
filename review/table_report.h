// Reviews for programs and spreadsheets, with one line for each position.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// JSON in the form of the analysis engine's answers (docs/analysis.md), from Black's perspective.
/// It adds the move that was played next: nextMove, nextMoveColor, nextMoveRank, nextWinrateGain
/// and nextScoreGain (the player's gain; a loss is negative). A finished game has "finished" and
/// "score" instead.
std::string position_json(const GameReview& review, int node, bool with_notes = false);
/// One line for each assessed position; the first one has the notes.
std::string jsonl_report(const GameReview& review);

/// CSV as in RFC 4180, with a line of headings. A file name that a spreadsheet would take for a
/// formula has an apostrophe before it.
std::string csv_report(const GameReview& review);

/// Whether these functions wrote the text of a file. Not so for the answers of other programs in
/// the same form.
bool is_jsonl_report(const std::string& text);
bool is_csv_report(const std::string& text);

}  // namespace ponnuki::review
