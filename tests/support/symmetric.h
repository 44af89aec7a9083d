// A board in all its symmetries, with the colours as they are and swapped.
#pragma once

#include "engine/board.h"
#include "engine/symmetry.h"

namespace ponnuki::test {

inline Color swapped_color(Color c) { return is_player(c) ? opponent(c) : c; }

/// Calls visit(board, map, swapped) for each; map(point) is where a point of `board` has gone.
template <typename Visit>
void for_each_symmetric(const Board& board, Visit visit) {
  for (int i = 0; i < Symmetry::count(board.size()); ++i) {
    const Symmetry symmetry(i);
    const auto map = [&](Point p) { return symmetry.apply(p, board.size()); };
    for (const bool swapped : {false, true}) {
      Board turned(board.size());
      std::vector<Move> stones;
      for (int cell = 0; cell < board.size().area(); ++cell) {
        const Point p = Point::from_cell(cell, board.size());
        const Color c = swapped ? swapped_color(board.at(p)) : board.at(p);
        if (is_player(c)) stones.push_back({c, map(p)});
      }
      (void)turned.place(stones);
      visit(turned, map, swapped);
    }
  }
}

}  // namespace ponnuki::test
