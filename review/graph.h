// The course of a game as a picture (SVG): Black's winrate as an area, Black's lead as a line, the
// largest mistakes as dots.
#pragma once

#include <string>

#include "review/game_review.h"

namespace ponnuki::review {

/// Stands alone in a file, and in the page of html_report(), whose style and script know its
/// classes and data attributes: move n lies at data-left + n * (data-right - data-left) /
/// data-moves.
std::string graph_svg(const GameReview& review);

}  // namespace ponnuki::review
