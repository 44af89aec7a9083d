// The record with the review added: SBKV and SBKS (Black's winrate in percent and lead, as
// Sabaki draws them), BM, DO, TE and HO, better variations, comments.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// The record's own properties, comments and variations stay. Only this game of the file.
std::string sgf_report(const GameReview& review, const std::string& program);
/// True of a game that sgf_report() wrote.
bool is_sgf_report(const sgf::SgfTree& tree, sgf::SgfNodeId root);

}  // namespace ponnuki::review
