// A game as one self-contained page: a board that steps through the moves, the graph, the largest
// mistakes as diagrams, points lost. The files of the page are in review/page/ and are built into
// the program; this makes the data that its script draws.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

std::string html_report(const GameReview& review, const std::string& program);

}  // namespace ponnuki::review
