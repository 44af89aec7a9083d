#include "engine/referee/dead_by_ownership.h"

#include "engine/area.h"
#include "engine/referee/chain_ownership.h"

namespace ponnuki::referee {
namespace {

AreaMap pass_alive_area(const Position& position) {
  AreaOptions options;
  options.other_stones = options.safe_territories = options.unsafe_territories = false;
  options.suicide_legal = position.rules().multi_stone_suicide;
  AreaMap area;
  compute_area(position.board(), options, area);
  return area;
}

double kept(const Board& board, Point head, const Ownership& ownership) {
  return kept_by_owner(board, head, ownership.view, [&](Point p) {
    return ownership.values[static_cast<std::size_t>(p.cell(board.size()))];
  });
}

}  // namespace

std::vector<Point> dead_by_majority(const Position& position, const Ownership& ownership) {
  const Board& board = position.board();
  const AreaMap alive = pass_alive_area(position);
  std::vector<Point> dead;
  for_each_chain(board, [&](Point head) {
    const Color color = board.at(head);
    const Color owner = alive[static_cast<std::size_t>(head.index())];
    const bool is_lost = !ownership.values.empty() && kept(board, head, ownership) < 0;
    if (owner == opponent(color) || (owner != color && is_lost)) {
      for_each_stone(board, head, [&](Point p) { dead.push_back(p); });
    }
  });
  return dead;
}

std::optional<std::vector<Point>> dead_beyond_doubt(const Position& position,
                                                    const Ownership& ownership) {
  constexpr double kSure = 0.5;
  if (ownership.values.empty()) return std::nullopt;
  const Board& board = position.board();
  std::vector<Point> dead;
  bool is_sure = true;
  for_each_chain(board, [&](Point head) {
    const double mean = kept(board, head, ownership) / board.chain_size(head);
    if (mean <= -kSure) dead.push_back(head);
    if (mean > -kSure && mean < kSure) is_sure = false;
  });
  if (!is_sure) return std::nullopt;
  return dead;
}

}  // namespace ponnuki::referee
