#include "engine/referee/dead_by_ownership.h"

namespace ponnuki::referee {

std::optional<std::vector<Point>> dead_beyond_doubt(const Position& position,
                                                    const Ownership& ownership) {
  constexpr double kSure = 0.5;
  if (ownership.values.empty()) return std::nullopt;
  const Board& board = position.board();
  std::vector<Point> dead;
  bool is_sure = true;
  for_each_chain(board, [&](Point head) {
    const double mean = mean_kept(board, head, ownership);
    if (mean <= -kSure) dead.push_back(head);
    if (mean > -kSure && mean < kSure) is_sure = false;
  });
  if (!is_sure) return std::nullopt;
  return dead;
}

}  // namespace ponnuki::referee
