// The fixed points follow the table of the GTP 2 draft. KataGo adds them in this order: two
// opposite corners, the other corners, the sides, and the centre for odd numbers.
#include "engine/star_points.h"

#include <algorithm>

#include "engine/check.h"

namespace ponnuki {
namespace {

/// The low, middle and high coordinates of star points along a side: on the third line up to a
/// length of 12, on the fourth from 13 on.
struct Lines {
  int low, middle, high;
};

Lines lines_of(int length) {
  const int edge = length < 13 ? 2 : 3;
  return {edge, length / 2, length - 1 - edge};
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
  std::ranges::sort(points);
  return points;
}

std::vector<Point> star_points(BoardSize size) {
  const int most = max_fixed_handicap(size);
  return most == 0 ? std::vector<Point>{} : fixed_handicap(size, most);
}

}  // namespace ponnuki
