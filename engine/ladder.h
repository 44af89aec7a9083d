// Ladders, exactly as KataGo's input features define them (docs/formats.md): the chains that a
// sequence of ataris can capture. Only chains with one liberty (the defender moves first) or two
// (the attacker moves first) are searched. A ko that the attacker leaves behind counts as an
// escape. A search of more than 25,000 moves counts as a failed ladder.
#pragma once

#include <array>
#include <deque>
#include <vector>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki {

struct Ladders {
  /// The stones of chains with one or two liberties that a working ladder captures, by
  /// Point::index(). Only the part that the board uses is written.
  std::array<bool, kPointCount> laddered;
  /// The first moves of the attacker, `to_move`, that work against laddered chains with two
  /// liberties (plane 17). May contain a point twice.
  std::vector<Point> working_moves;
};

/// Reads the ladders of one board after another and keeps its memory between calls. Not
/// thread-safe.
class LadderReader {
 public:
  /// `to_move` is the attacker whose working moves are collected.
  void find(const Board& board, Color to_move, Ladders& out);

 private:
  std::deque<Board> stack_;  // the position at each depth of the search
};

/// Reads the ladders of a single board.
void find_ladders(const Board& board, Color to_move, Ladders& out);

}  // namespace ponnuki
