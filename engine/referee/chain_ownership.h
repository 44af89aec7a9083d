// The ownership of chains, as all functions that find dead stones compute it.
#pragma once

#include <vector>

#include "engine/chains.h"

namespace ponnuki::referee {

/// Ownership by cell, row-major: +1 if `view` owns the point, -1 if its opponent does. An empty map
/// means that the ownership is unknown.
struct Ownership {
  const std::vector<float>& values;
  Color view;
};

/// The sum of value(point) over the stones of the chain of `head`, from the perspective of the
/// chain's owner: positive if the owner keeps the stones. The values are from the perspective of
/// `view`: positive if `view` owns the point.
template <typename Value>
double kept_by_owner(const Board& board, Point head, Color view, Value value) {
  double sum = 0;
  for_each_stone(board, head, [&](Point p) { sum += static_cast<double>(value(p)); });
  return board.at(head) == view ? sum : -sum;
}

/// The mean ownership of a chain for its owner, from -1 (lost) to 1. Requires values.
inline double mean_kept(const Board& board, Point head, const Ownership& ownership) {
  const double sum = kept_by_owner(board, head, ownership.view, [&](Point p) {
    return ownership.values[static_cast<std::size_t>(p.cell(board.size()))];
  });
  return sum / board.chain_size(head);
}

}  // namespace ponnuki::referee
