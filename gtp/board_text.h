// Boards as text for people: what showboard answers.
#pragma once

#include <string>

#include "engine/position.h"

namespace ponnuki {

/// Rows from the top with coordinates on all sides, X Black, O White, '+' star points, the last
/// move in parentheses; then a few lines on the state of the game. Begins with a newline; no blank
/// lines.
std::string board_text(const Position& position);

/// A number of points without needless zeros: "7.5", "6", "-0.5".
std::string points_text(double points);

}  // namespace ponnuki
