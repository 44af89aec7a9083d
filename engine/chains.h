// Walks over the chains of a board and over the stones of a chain, for whoever looks at whole
// chains outside of hot paths.
#pragma once

#include "engine/board.h"

namespace ponnuki {

/// Calls f(head) once for each chain on the board, in the order of their heads' cells.
template <typename F>
void for_each_chain(const Board& board, F f) {
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (board.at(p) != Color::kEmpty && board.chain_head(p) == p) f(p);
  }
}

/// Calls f(stone) for each stone of the chain at `head`, which comes first.
template <typename F>
void for_each_stone(const Board& board, Point head, F f) {
  Point p = head;
  do {
    f(p);
    p = board.next_in_chain(p);
  } while (p != head);
}

}  // namespace ponnuki
