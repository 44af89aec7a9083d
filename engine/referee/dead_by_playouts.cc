#include "engine/referee/dead_by_playouts.h"

#include "engine/referee/chain_ownership.h"
#include "engine/referee/playout_ownership.h"

namespace ponnuki::referee {

std::vector<Point> dead_by_playouts(const Position& end) {
  const Board& board = end.board();
  const std::vector<float> ownership = playout_ownership(end);
  std::vector<Point> dead;
  for_each_chain(board, [&](Point head) {
    const double kept = kept_by_owner(board, head, Color::kBlack, [&](Point p) {
      return ownership[static_cast<std::size_t>(p.cell(board.size()))];
    });
    if (3 * kept <= -board.chain_size(head)) dead.push_back(head);
  });
  return dead;
}

}  // namespace ponnuki::referee
