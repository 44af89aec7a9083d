// The course of a game as an SVG: Black's winrate as an area, Black's lead as a line, the largest
// mistakes as dots.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// The SVG is used as a file of its own, and in the page of html_report(). The page's style and
/// script use its classes and data attributes: move n is at data-left + n * (data-right -
/// data-left) / data-moves.
std::string graph_svg(const GameReview& review);
/// True for a file that graph_svg() wrote.
bool is_graph_svg(const std::string& text);

}  // namespace ponnuki::review
