// Loops over the chains of a board, the stones of a chain, and its neighbours.
#pragma once

#include <vector>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki {

/// Calls f(head) once for each chain on the board, in the order of the heads' cells.
template <typename F>
void for_each_chain(const Board& board, F f) {
  for (int y = 0; y < board.size().height; ++y) {
    for (int x = 0; x < board.size().width; ++x) {
      const Point p = Point::at(x, y);
      if (board.at(p) != Color::kEmpty && board.chain_head(p) == p) f(p);
    }
  }
}

/// Calls f(stone) for each stone of the chain of `head`, which may be any of its stones and is
/// visited first.
template <typename F>
void for_each_stone(const Board& board, Point head, F f) {
  Point p = head;
  do {
    f(p);
    p = board.next_in_chain(p);
  } while (p != head);
}

/// The stones of the chains of `heads`, each of which may be any of its chain's stones.
inline PointSet stones_of(const Board& board, const std::vector<Point>& heads) {
  PointSet stones;
  for (const Point head : heads) for_each_stone(board, head, [&](Point p) { stones.add(p); });
  return stones;
}

/// Calls visit(neighbour) for the neighbours of each stone of the chain. Some are visited
/// repeatedly.
template <typename Visitor>
void for_each_chain_neighbor(const Board& board, Point chain, Visitor visit) {
  for_each_stone(board, chain, [&](Point stone) {
    for (const int offset : kNeighborOffsets) visit(Point::from_index(stone.index() + offset));
  });
}

/// Calls visit(stone) for stones of the opponent's chains in atari around `chain`; some are visited
/// repeatedly. Capturing such a chain gains liberties.
template <typename Visitor>
void for_each_capture(const Board& board, Point chain, Visitor visit) {
  const Color enemy = opponent(board.at(chain));
  for_each_chain_neighbor(board, chain, [&](Point p) {
    if (board.at(p) == enemy && board.liberties(p) == 1) visit(p);
  });
}

/// The only liberty of a chain that has one liberty.
inline Point lone_liberty(const Board& board, Point chain) {
  Point liberty;
  for_each_chain_neighbor(board, chain, [&](Point p) {
    if (board.at(p) == Color::kEmpty) liberty = p;
  });
  return liberty;
}

}  // namespace ponnuki
