// Reviews as text for a terminal.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// The board, the player to move, winrate, score and the `count` best moves with their variations.
/// For a finished game, the board and the score.
std::string position_report(const Position& position, const Assessment& assessment, int count,
                            bool color);

/// The rules by which the record is judged, and its komi. Says so where the record does not state
/// them.
std::string rules_text(const GameTree& tree);
std::string komi_text(const GameTree& tree);

/// The file, the rules, the players, what is odd about the record, and the evaluator.
std::string game_head(const GameReview& review);
/// The moves of the main line with winrates, scores and losses, and a graph of Black's winrate.
std::string moves_table(const GameReview& review);
/// Points lost by player and phase.
std::string losses_table(const GameReview& review);
/// The turning points of the game, with better moves.
std::string turning_points_list(const GameReview& review, int count);

}  // namespace ponnuki::review
