#include "engine/close_borders.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "engine/chains.h"
#include "engine/empty_regions.h"

namespace ponnuki {
namespace {

constexpr int kSpaceForTwoEyes = 7;  // points of a region in which no attack prevents two eyes

/// The groups of a board: chains that share own regions.
class Groups {
 public:
  explicit Groups(const Board& board) : board_(board) {
    std::iota(parent_.begin(), parent_.end(), 0);
    for_each_empty_region(board, [&](const std::vector<Point>& region, bool is_neutral) {
      if (!is_neutral) own_.push_back({join_around(region), static_cast<int>(region.size())});
    });
    for (const Region& region : own_) {
      const auto group = static_cast<std::size_t>(root(region.around));
      ++regions_[group];
      largest_[group] = std::max(largest_[group], region.size);
    }
  }

  /// Whether all groups around the region live without it.
  bool live_around(const std::vector<Point>& region) {
    bool live = true;
    for_each_stone_around(region, [&](Point stone) {
      const auto group = static_cast<std::size_t>(root(head(stone)));
      live &= regions_[group] >= 2 || largest_[group] >= kSpaceForTwoEyes;
    });
    return live;
  }

 private:
  struct Region {
    int around;  // a chain beside it
    int size;
  };

  int head(Point stone) const { return board_.chain_head(stone).index(); }
  int root(int chain) {
    while (parent_[static_cast<std::size_t>(chain)] != chain)
      chain = parent_[static_cast<std::size_t>(chain)];
    return chain;
  }
  /// Returns one of the chains.
  int join_around(const std::vector<Point>& region) {
    int first = -1;
    for_each_stone_around(region, [&](Point stone) {
      if (first < 0) first = head(stone);
      parent_[static_cast<std::size_t>(root(head(stone)))] = root(first);
    });
    return first;
  }
  template <typename Visit>
  void for_each_stone_around(const std::vector<Point>& region, Visit visit) const {
    for (const Point p : region) {
      for (const int offset : kNeighborOffsets) {
        const Point n = Point::from_index(p.index() + offset);
        if (is_player(board_.at(n))) visit(n);
      }
    }
  }

  const Board& board_;
  std::vector<Region> own_;  // regions that one player alone touches
  std::array<int, kPointCount> parent_{};
  std::array<int, kPointCount> regions_{};
  std::array<int, kPointCount> largest_{};
};

}  // namespace

void close_borders(Board& board, PointSet& filled) {
  Groups groups(board);
  std::vector<Move> stones;
  for_each_empty_region(board, [&](const std::vector<Point>& region, bool is_neutral) {
    if (!is_neutral || !groups.live_around(region)) return;
    for (const Point p : region) stones.push_back({Color::kWhite, p});
  });
  if (stones.empty() || !board.place(stones)) return;
  for (const Move& stone : stones) filled.add(stone.point);
}

}  // namespace ponnuki
