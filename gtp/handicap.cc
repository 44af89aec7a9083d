#include "gtp/handicap.h"

#include <algorithm>

#include "engine/check.h"
#include "engine/star_points.h"

namespace ponnuki::gtp {

namespace {

/// The legal point with the evaluator's highest prior; the first one if it has no preference.
Point best_point(const Position& position, Evaluator& evaluator) {
  const Evaluation evaluation = evaluate_one(evaluator, position);
  Point best = Point::none();
  float best_prior = -1;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    const float prior = evaluation.policy[static_cast<std::size_t>(cell)];
    if (prior > best_prior && position.is_legal(p) &&
        !position.board().is_suicide(p, Color::kBlack)) {
      best = p;
      best_prior = prior;
    }
  }
  return best;
}

}  // namespace

int max_free_handicap(BoardSize size) { return size.area() / 3; }

std::vector<Point> free_handicap(BoardSize size, int n, const Rules& rules, Evaluator& evaluator) {
  PONNUKI_CHECK(n >= 2 && n <= max_free_handicap(size));
  std::vector<Point> points;
  if (const int fixed = std::min(n, max_fixed_handicap(size)); fixed >= 2) {
    points = fixed_handicap(size, fixed);
  }
  Position position(*handicap_board(size, points), Color::kBlack, rules);
  while (static_cast<int>(points.size()) < n) {
    const Point p = best_point(position, evaluator);
    PONNUKI_CHECK(!p.is_none());  // a third of the board cannot fill it
    points.push_back(p);
    position.play(p);
    position.set_to_move(Color::kBlack);
  }
  std::ranges::sort(points);
  return points;
}

bool places_handicap(const Game& game, Color player) {
  const Position& position = game.position();
  if (player != Color::kBlack || position.to_move() != Color::kWhite) return false;
  const auto is_white = [](const Move& move) { return move.color == Color::kWhite; };
  if (std::ranges::any_of(position.moves(), is_white)) return false;
  for (int cell = 0; cell < position.size().area(); ++cell) {
    if (position.board().at(Point::from_cell(cell, position.size())) == Color::kWhite) return false;
  }
  return position.board().stone_count() > 0;
}

Result<Board> handicap_board(BoardSize size, std::span<const Point> stones) {
  std::vector<Point> sorted(stones.begin(), stones.end());
  std::ranges::sort(sorted);
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Error{"a point is named twice"};
  }
  std::vector<Move> moves;
  moves.reserve(sorted.size());
  for (const Point p : sorted) moves.push_back({Color::kBlack, p});
  Board board(size);
  PONNUKI_TRY(board.place(moves));
  return board;
}

}  // namespace ponnuki::gtp
