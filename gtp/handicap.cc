// The fixed points follow the table of the GTP 2 draft, in the order in which KataGo adds them: two
// opposite corners, the others, then sides, and the centre for odd numbers.
#include "gtp/handicap.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki {

namespace {

/// Low, middle and high coordinate of star points along a side: the third line up to 12, the fourth
/// from 13 on.
struct Lines {
  int low, middle, high;
};

Lines lines_of(int length) {
  const int edge = length < 13 ? 2 : 3;
  return {edge, length / 2, length - 1 - edge};
}

void sort_rows(std::vector<Point>& points) { std::sort(points.begin(), points.end()); }

/// The legal point that the evaluator likes best; the first one where it likes none.
Point best_point(const Position& position, Evaluator& evaluator) {
  Evaluation evaluation;
  EvalRequest request;
  request.position = &position;
  request.result = &evaluation;
  evaluator.evaluate({&request, 1});
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

int max_fixed_handicap(BoardSize size) {
  const int shorter = std::min(size.width, size.height);
  if (shorter < 7) return 0;
  const bool has_middle = size.width % 2 == 1 && size.height % 2 == 1;
  return has_middle && shorter >= 9 ? 9 : 4;
}

std::vector<Point> fixed_handicap(BoardSize size, int n) {
  PONNUKI_CHECK(n >= 2 && n <= max_fixed_handicap(size));
  const Lines x = lines_of(size.width);
  const Lines y = lines_of(size.height);
  std::vector<Point> points = {Point::at(x.high, y.low), Point::at(x.low, y.high)};
  if (n >= 3) points.push_back(Point::at(x.low, y.low));
  if (n >= 4) points.push_back(Point::at(x.high, y.high));
  if (n >= 6) {
    points.push_back(Point::at(x.low, y.middle));
    points.push_back(Point::at(x.high, y.middle));
  }
  if (n >= 8) {
    points.push_back(Point::at(x.middle, y.low));
    points.push_back(Point::at(x.middle, y.high));
  }
  if (n == 5 || n == 7 || n == 9) points.push_back(Point::at(x.middle, y.middle));
  sort_rows(points);
  return points;
}

std::vector<Point> star_points(BoardSize size) {
  const int most = max_fixed_handicap(size);
  return most == 0 ? std::vector<Point>{} : fixed_handicap(size, most);
}

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
    PONNUKI_CHECK(!p.is_none());  // a third of the board never fills it up
    points.push_back(p);
    position.play(p);
    position.set_to_move(Color::kBlack);
  }
  sort_rows(points);
  return points;
}

Result<Board> handicap_board(BoardSize size, std::span<const Point> stones) {
  std::vector<Point> sorted(stones.begin(), stones.end());
  sort_rows(sorted);
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
    return Error{"a point is named twice"};
  }
  std::vector<Move> moves;
  for (const Point p : sorted) moves.push_back({Color::kBlack, p});
  Board board(size);
  if (const Status status = board.place(moves); !status) return Error{status.error()};
  return board;
}

}  // namespace ponnuki
