// The opinion that all judges of dead stones share: who owns the points of a chain.
#pragma once

#include "engine/chains.h"

namespace ponnuki::referee {

/// The sum of value(point) over the stones of the chain of `head`, as the owner of the chain sees
/// it: positive where it keeps the stones. The values are those of `view`: positive where `view`
/// owns a point.
template <typename Value>
double kept_by_owner(const Board& board, Point head, Color view, Value value) {
  double sum = 0;
  for_each_stone(board, head, [&](Point p) { sum += static_cast<double>(value(p)); });
  return board.at(head) == view ? sum : -sum;
}

}  // namespace ponnuki::referee
