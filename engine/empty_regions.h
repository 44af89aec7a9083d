// Connected regions, and loops over those of empty points.
#pragma once

#include <vector>

#include "engine/board.h"
#include "engine/point_set.h"

namespace ponnuki {

/// Sets `region` to the points that are connected to `start` by points for which belongs(point)
/// holds, and adds them to `seen`. Requires a start that belongs. Every neighbour that is not in
/// `seen` is asked about, the border around the board included.
template <typename Belongs>
void collect_region(Point start, Belongs belongs, PointSet& seen, std::vector<Point>& region) {
  region.assign(1, start);
  seen.add(start);
  for (std::size_t i = 0; i < region.size(); ++i) {
    for (const int offset : kNeighborOffsets) {
      const Point n = Point::from_index(region[i].index() + offset);
      if (seen.contains(n) || !belongs(n)) continue;
      seen.add(n);
      region.push_back(n);
    }
  }
}

/// Calls visit(region, is_neutral) for each connected region of empty points, in the order of their
/// first cells. A region is neutral if it touches stones of both colours, or none.
template <typename Visit>
void for_each_empty_region(const Board& board, Visit visit) {
  PointSet seen;
  std::vector<Point> region;
  board.empty_points().for_each([&](Point start) {
    if (seen.contains(start)) return;
    bool touches[2] = {false, false};  // Black, White
    const auto is_empty = [&](Point p) {
      const Color color = board.at(p);
      if (is_player(color)) touches[color == Color::kWhite] = true;
      return color == Color::kEmpty;
    };
    collect_region(start, is_empty, seen, region);
    visit(region, touches[0] == touches[1]);
  });
}

/// The points of all neutral regions, one region after another.
inline std::vector<Point> neutral_points(const Board& board) {
  std::vector<Point> neutral;
  for_each_empty_region(board, [&](const std::vector<Point>& region, bool is_neutral) {
    if (is_neutral) neutral.insert(neutral.end(), region.begin(), region.end());
  });
  return neutral;
}

}  // namespace ponnuki
