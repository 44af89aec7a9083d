// The ownership of chains, as all functions that find dead stones compute it.
#pragma once

#include "engine/chains.h"

namespace ponnuki::referee {

/// The sum of value(point) over the stones of the chain of `head`, from the perspective of the
/// chain's owner: positive if the owner keeps the stones. The values are from the perspective of
/// `view`: positive if `view` owns the point.
template <typename Value>
double kept_by_owner(const Board& board, Point head, Color view, Value value) {
  double sum = 0;
  for_each_stone(board, head, [&](Point p) { sum += static_cast<double>(value(p)); });
  return board.at(head) == view ? sum : -sum;
}

}  // namespace ponnuki::referee
