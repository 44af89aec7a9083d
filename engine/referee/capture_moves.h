// The moves that reading a capture considers (capture.h).
#pragma once

#include <vector>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki::referee {

inline constexpr int kMostSpace = 8;  // empty points around a chain that can be read

/// The empty points connected to the chain by empty points; stops above kMostSpace.
int space_around(const Board& board, Point stone);

/// The liberties of the chain and, around it, of the attacker's chains with few liberties and of
/// the owner's chains in atari beside those. Without suicides; ko is ignored.
std::vector<Point> capture_moves(const Board& board, Point stone, Color player);

}  // namespace ponnuki::referee
