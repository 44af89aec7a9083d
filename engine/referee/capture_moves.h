// The moves that reading a capture considers (capture.h).
#pragma once

#include <vector>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki::referee {

inline constexpr int kMostSpace = 10;  // empty points around a chain that can be read

/// The number of empty points that the chain reaches over empty points and stones of its colour;
/// stops above kMostSpace.
int space_around(const Board& board, Point stone);

/// These empty points, and the liberties of the attacker's chains beside the chain with few
/// liberties, and of the owner's chains in atari beside those. Without suicides; ko is ignored.
std::vector<Point> capture_moves(const Board& board, Point stone, Color player);

}  // namespace ponnuki::referee
