// Ladders, exactly as KataGo's features read them (formats.md part 2): which chains are or can be captured in a ladder.
#pragma once

#include <array>
#include <vector>

#include "engine/board.h"

namespace ponnuki {

struct Ladders {
  /// Stones of chains with one or two liberties that a working ladder captures. Indexed by Point::index().
  std::array<bool, kPointCount> laddered;
  /// First moves that work for the attacker against chains of `owner` != attacker with two liberties (plane 17).
  std::vector<Point> working_moves;
};

/// `attacker_view`: the player to move; working_moves are collected against the opponent's chains of more than one liberty.
void find_ladders(const Board& board, Color to_move, Ladders& out);

}  // namespace ponnuki
