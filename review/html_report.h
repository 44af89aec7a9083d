// A game as one self-contained page: a board that steps through the moves, the graph, the largest
// mistakes as diagrams, points lost. The page's own files lie in review/page/ and are inside the
// program; this makes the data that its script draws.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

std::string html_report(const GameReview& review, const std::string& program);

}  // namespace ponnuki::review
