#include "engine/referee/capture_moves.h"

#include "engine/chains.h"

namespace ponnuki::referee {
namespace {

// Chains of the attacker with more liberties need no help.
constexpr int kLibertiesToAttack = 3;

void add_liberties(const Board& board, Point chain, PointSet& points) {
  for_each_chain_neighbor(board, chain, [&](Point n) {
    if (board.at(n) == Color::kEmpty) points.add(n);
  });
}

}  // namespace

int space_around(const Board& board, Point stone) {
  PointSet seen;
  std::vector<Point> queue;
  const auto enter = [&](Point p) {
    if (board.at(p) != Color::kEmpty || seen.contains(p)) return;
    seen.add(p);
    queue.push_back(p);
  };
  for_each_chain_neighbor(board, stone, enter);
  for (std::size_t i = 0; i < queue.size() && queue.size() <= kMostSpace; ++i) {
    for (const int offset : kNeighborOffsets) enter(Point::from_index(queue[i].index() + offset));
  }
  return static_cast<int>(queue.size());
}

std::vector<Point> capture_moves(const Board& board, Point stone, Color player) {
  const Color attacker = opponent(board.at(stone));
  PointSet points;
  add_liberties(board, stone, points);
  for_each_chain_neighbor(board, stone, [&](Point n) {
    if (board.at(n) != attacker || board.liberties(n) > kLibertiesToAttack) return;
    add_liberties(board, n, points);
    for_each_capture(board, n, [&](Point weak) { points.add(lone_liberty(board, weak)); });
  });
  std::vector<Point> legal;
  points.for_each([&](Point p) {
    if (!board.is_suicide(p, player)) legal.push_back(p);
  });
  return legal;
}

}  // namespace ponnuki::referee
