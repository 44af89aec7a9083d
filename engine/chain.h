// What is around a chain: for those who read what may happen to it.
#pragma once

#include "engine/board.h"

namespace ponnuki {

/// Calls visit(neighbour) for the neighbours of each stone of the chain, some of them repeatedly.
template <typename Visitor>
void for_each_chain_neighbor(const Board& board, Point chain, Visitor visit) {
  Point stone = chain;
  do {
    for (const int offset : kNeighborOffsets) visit(Point::from_index(stone.index() + offset));
    stone = board.next_in_chain(stone);
  } while (stone != chain);
}

/// Where the lone liberty of each chain in atari around `chain` is: capturing there gains
/// liberties.
template <typename Visitor>
void for_each_capture(const Board& board, Point chain, Visitor visit) {
  const Color enemy = opponent(board.at(chain));
  for_each_chain_neighbor(board, chain, [&](Point p) {
    if (board.at(p) == enemy && board.liberties(p) == 1) visit(p);
  });
}

/// The liberty of a chain that has one.
inline Point lone_liberty(const Board& board, Point chain) {
  Point liberty;
  for_each_chain_neighbor(board, chain, [&](Point p) {
    if (board.at(p) == Color::kEmpty) liberty = p;
  });
  return liberty;
}

}  // namespace ponnuki
