#include "engine/referee/seki.h"

#include <array>

#include "engine/chains.h"
#include "engine/empty_regions.h"

namespace ponnuki::referee {
namespace {

// The most neutral points beside each other in a seki. In more of them a player could make eyes.
constexpr std::size_t kMostNeutral = 8;

/// A flag for each point, by index.
using Flags = std::array<bool, kPointCount>;

bool& at(Flags& flags, Point p) { return flags[static_cast<std::size_t>(p.index())]; }

/// Marks the stones of living chains without territory.
Flags poor_stones(const Board& board, const AreaMap& owner, const PointSet& dead) {
  Flags poor{};
  for_each_chain(board, [&](Point head) {
    if (has_territory(board, owner, head)) return;
    for_each_stone(board, head, [&](Point p) { at(poor, p) = true; });
  });
  dead.for_each([&](Point p) { at(poor, p) = false; });
  return poor;
}

/// The empty points in regions of at most kMostNeutral neutral points. Dead stones are part of such
/// a region.
PointSet shared_liberties(const Board& board, const AreaMap& owner, const PointSet& dead) {
  const auto is_neutral = [&](Point p) {
    const bool is_free = board.at(p) == Color::kEmpty || dead.contains(p);
    return p.on_board(board.size()) && is_free && owner_at(owner, p) == Color::kEmpty;
  };
  PointSet seen, liberties;
  std::vector<Point> region;
  board.empty_points().for_each([&](Point start) {
    if (seen.contains(start) || !is_neutral(start)) return;
    collect_region(start, is_neutral, seen, region);
    if (region.size() > kMostNeutral) return;
    for (const Point p : region) {
      if (board.at(p) == Color::kEmpty) liberties.add(p);
    }
  });
  return liberties;
}

/// Marks the heads of the poor chains around a liberty that both players share.
void mark_sharers(const Board& board, Point liberty, Flags& poor, Flags& marked_heads) {
  std::array<bool, 4> seen{};  // by colour
  std::vector<Point> heads;
  for (const int offset : kNeighborOffsets) {
    const Point p = Point::from_index(liberty.index() + offset);
    if (!p.on_board(board.size()) || !at(poor, p)) continue;
    seen[static_cast<std::size_t>(board.at(p))] = true;
    heads.push_back(board.chain_head(p));
  }
  if (!seen[1] || !seen[2]) return;
  for (const Point head : heads) at(marked_heads, head) = true;
}

}  // namespace

bool has_territory(const Board& board, const AreaMap& owner, Point head) {
  const Color color = board.at(head);
  if (!is_player(color)) return false;
  bool has = false;
  for_each_chain_neighbor(
      board, head, [&](Point p) { has |= board.at(p) != color && owner_at(owner, p) == color; });
  return has;
}

std::vector<Point> find_seki(const Board& board, const AreaMap& owner, const PointSet& dead) {
  Flags poor = poor_stones(board, owner, dead);
  Flags in_seki{};  // marks heads of chains
  shared_liberties(board, owner, dead).for_each([&](Point liberty) {
    mark_sharers(board, liberty, poor, in_seki);
  });
  std::vector<Point> stones;
  for_each_chain(board, [&](Point head) {
    if (!at(in_seki, head)) return;
    for_each_stone(board, head, [&](Point p) { stones.push_back(p); });
  });
  return stones;
}

}  // namespace ponnuki::referee
