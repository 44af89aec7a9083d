#include "engine/referee/capture_moves.h"

#include "engine/chains.h"

namespace ponnuki::referee {
namespace {

// Chains of the attacker with more liberties need no help.
constexpr int kLibertiesToAttack = 3;

/// The empty points that a chain reaches over empty points and stones of its colour, until there
/// are more than kMostSpace.
class Space {
 public:
  Space(const Board& board, Point stone) : board_(board), owner_(board.at(stone)) {
    enter_chain(stone);
    for (std::size_t i = 0; i < points_.size() && points_.size() <= kMostSpace; ++i) {
      for (const int offset : kNeighborOffsets)
        enter(Point::from_index(points_[i].index() + offset));
    }
  }
  const std::vector<Point>& points() const { return points_; }

 private:
  void enter(Point p) {
    if (seen_.contains(p)) return;
    if (board_.at(p) == owner_) {
      enter_chain(p);
    } else if (board_.at(p) == Color::kEmpty) {
      seen_.add(p);
      points_.push_back(p);
    }
  }
  void enter_chain(Point stone) {
    for_each_stone(board_, stone, [&](Point p) { seen_.add(p); });
    for_each_chain_neighbor(board_, stone, [&](Point n) {
      if (board_.at(n) == Color::kEmpty) enter(n);
    });
  }

  const Board& board_;
  Color owner_;
  PointSet seen_;
  std::vector<Point> points_;
};

void add_liberties(const Board& board, Point chain, PointSet& points) {
  for_each_chain_neighbor(board, chain, [&](Point n) {
    if (board.at(n) == Color::kEmpty) points.add(n);
  });
}

}  // namespace

int space_around(const Board& board, Point stone) {
  return static_cast<int>(Space(board, stone).points().size());
}

std::vector<Point> capture_moves(const Board& board, Point stone, Color player) {
  const Color attacker = opponent(board.at(stone));
  PointSet points;
  // The chain's liberties, and the vital points behind them.
  const Space space(board, stone);
  for (const Point p : space.points()) points.add(p);
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
