#include "engine/dead_stones.h"

#include <array>

#include "engine/chains.h"
#include "engine/playouts.h"

namespace ponnuki {
namespace {

constexpr int kPlayouts = 64;  // whole games; the shares of dead and living chains are far apart

using Balance =
    std::array<int, kPointCount>;  // by point: playouts that Black owns it, less White's

Balance run_playouts(const Board& board, const Rules& rules) {
  Balance balance{};
  Playouts playouts;
  Random random(board.hash());
  for (int i = 0; i < kPlayouts; ++i) {
    playouts.run(Position(board, i % 2 == 0 ? Color::kBlack : Color::kWhite, rules), random);
    for (int cell = 0; cell < board.size().area(); ++cell) {
      const Point p = Point::from_cell(cell, board.size());
      const Color owner = playouts.owner(p);
      balance[static_cast<std::size_t>(p.index())] += owner == Color::kBlack   ? 1
                                                      : owner == Color::kWhite ? -1
                                                                               : 0;
    }
  }
  return balance;
}

}  // namespace

std::vector<Point> dead_stones(const Position& end) {
  const Board& board = end.board();
  const Balance balance = run_playouts(board, end.rules());
  std::vector<Point> dead;
  for_each_chain(board, [&](Point head) {
    const int sign = board.at(head) == Color::kBlack ? 1 : -1;
    int kept = 0;
    for_each_stone(board, head,
                   [&](Point p) { kept += sign * balance[static_cast<std::size_t>(p.index())]; });
    if (3 * kept <= -kPlayouts * board.chain_size(head)) dead.push_back(head);
  });
  return dead;
}

}  // namespace ponnuki
