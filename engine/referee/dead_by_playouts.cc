#include "engine/referee/dead_by_playouts.h"

#include <array>

#include "engine/playouts.h"
#include "engine/referee/chain_ownership.h"

namespace ponnuki::referee {
namespace {

// Whole games. The shares of dead and living chains differ greatly.
constexpr int kPlayouts = 64;

/// For each point, the number of playouts in which Black owns it minus the number in which White
/// does.
using Balance = std::array<int, kPointCount>;

Balance run_playouts(const Board& board, const Rules& rules) {
  Balance balance{};
  Playouts playouts;
  Random random(board.hash());
  for (int i = 0; i < kPlayouts; ++i) {
    playouts.run(Position(board, i % 2 == 0 ? Color::kBlack : Color::kWhite, rules), random);
    for (int cell = 0; cell < board.size().area(); ++cell) {
      const Point p = Point::from_cell(cell, board.size());
      const Color owner = playouts.owner(p);
      int& sum = balance[static_cast<std::size_t>(p.index())];
      sum += owner == Color::kBlack ? 1 : owner == Color::kWhite ? -1 : 0;
    }
  }
  return balance;
}

}  // namespace

std::vector<Point> dead_by_playouts(const Position& end) {
  const Board& board = end.board();
  const Balance balance = run_playouts(board, end.rules());
  std::vector<Point> dead;
  for_each_chain(board, [&](Point head) {
    const double kept = kept_by_owner(board, head, Color::kBlack, [&](Point p) {
      return balance[static_cast<std::size_t>(p.index())];
    });
    if (3 * kept <= -kPlayouts * board.chain_size(head)) dead.push_back(head);
  });
  return dead;
}

}  // namespace ponnuki::referee
