// Text for people: what showboard answers.
#pragma once

#include <string>

#include "engine/position.h"

namespace ponnuki::gtp {

/// The board as engine/board_view.h draws it, then a few lines on the state of the game. Begins
/// with a newline; no blank lines.
std::string board_text(const Position& position);

/// A number of points without needless zeros: "7.5", "6", "-0.5".
std::string points_text(double points);

}  // namespace ponnuki::gtp
