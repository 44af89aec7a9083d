// Ladders, exactly as KataGo's input features define them (docs/formats.md): which chains can be
// captured by a sequence of ataris. Only chains with one liberty (the defender moves first) or two
// (the attacker moves first) are searched. A ko that the attacker leaves behind counts as an
// escape; a search of more than 25,000 moves counts as a failed ladder.
#pragma once

#include <array>
#include <deque>
#include <vector>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki {

struct Ladders {
  /// Stones of chains with one or two liberties that a working ladder captures. Indexed by
  /// Point::index(); only the used part is written.
  std::array<bool, kPointCount> laddered;
  /// First moves that work for the attacker against laddered chains of `to_move`'s opponent that
  /// have two liberties (plane 17). May hold a point twice.
  std::vector<Point> working_moves;
};

/// Searches ladders on one board after another and keeps its memory between calls. One per thread.
class LadderReader {
 public:
  /// `to_move` is the attacker whose working moves are collected.
  void find(const Board& board, Color to_move, Ladders& out);

 private:
  std::deque<Board> stack_;  // the position at each depth of the search
};

/// The same for a single board.
void find_ladders(const Board& board, Color to_move, Ladders& out);

}  // namespace ponnuki
