// Closes borders that no safe move closes, so that they do not turn living groups into sekis.
#pragma once

#include "engine/board.h"
#include "engine/point_set.h"

namespace ponnuki {

/// `board` is a finished game with settled borders (settle.h), without its dead stones. A neutral
/// region that is left although all groups around it live without it is no liberty of a seki: it is
/// a place where nobody gains by a move, such as the point beside a dead stone that White cannot
/// fill and Black need not. Fills such regions with stones and adds their points to `filled`, so
/// that they are nobody's.
///
/// A group is a set of chains that share empty regions which only their player touches. It lives
/// without the neutral points if it has two such regions, or space for two eyes in one.
void close_borders(Board& board, PointSet& filled);

}  // namespace ponnuki
