// A review as one self-contained page: a board that steps through the moves, the graph, the largest
// mistakes as diagrams, and the points lost. The files of the page are in review/page/ and are
// built into the program. This code generates the data that the page's script draws.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

std::string html_report(const GameReview& review, const std::string& program);
/// True for a page that html_report() wrote for this program.
bool is_html_report(const std::string& text);

}  // namespace ponnuki::review
