// Reviews for people who read them in a terminal.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// The board, who moves, winrate, score and the `count` best moves with their variations; of a
/// finished game the board and the score.
std::string position_report(const Position& position, const Assessment& assessment, int count,
                            bool color);

/// The file, the players, who judged.
std::string game_head(const GameReview& review);
/// The main line's moves with winrates, scores, what each lost, and a curve of Black's winrate.
std::string moves_table(const GameReview& review);
/// Points lost by player and phase.
std::string losses_table(const GameReview& review);
/// The moves that turned the game, with what would have been better.
std::string turning_points_list(const GameReview& review, int count);

}  // namespace ponnuki::review
