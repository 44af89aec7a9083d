// What a page shows of a game as a whole: what each move lost, and each player's mistakes.
#pragma once

#include <cstdint>
#include <string>

#include "review/game_review.h"

namespace ponnuki::web {

/// `version`: of the game.
std::string review_message(const review::GameReview& review, std::uint64_t version);

}  // namespace ponnuki::web
