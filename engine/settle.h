// Settles the borders of a finished game before territory is counted, as players do: they fill the
// neutral points (dame) and make the protective moves that become necessary (teire).
#pragma once

#include "engine/board.h"
#include "engine/point_set.h"
#include "engine/types.h"

namespace ponnuki {

/// `board` without the stones that are on `dead` points since the position `start`.
Board without_dead(const Board& board, const Board& start, const PointSet& dead);

struct Settled {
  Board board;  // the dead stones are still there, unless a protective move captured them
  // The points of the stones added. They are nobody's territory, so that a protective move costs
  // its player a point.
  PointSet filled;
};

/// Fills each neutral point that a player can fill safely, and makes each living chain safe that
/// the opponent could then capture with one move. `dead` has every dead stone. They are on the
/// board while the borders are settled, since they take liberties from the stones around them.
///
/// `first` moves first: it matters where a neutral point forces a protective move of one player and
/// not of the other. The neutral points that remain are the shared liberties of sekis.
Settled settle_borders(const Board& board, const PointSet& dead, Color first);

}  // namespace ponnuki
