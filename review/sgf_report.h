// The record with the review added: SBKV and SBKS (Black's winrate in percent and Black's lead,
// which Sabaki draws), BM, DO, TE and HO, better variations, and comments.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// Keeps the record's own properties, comments and variations. Contains only this game of the file.
std::string sgf_report(const GameReview& review, const std::string& program);
/// True for a game that sgf_report() wrote.
bool is_sgf_report(const sgf::SgfTree& tree, sgf::SgfNodeId root);
/// True for a whole file of which sgf_report() wrote every game.
bool is_sgf_report_text(const std::string& text);

}  // namespace ponnuki::review
