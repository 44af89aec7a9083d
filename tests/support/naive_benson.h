// Benson's algorithm with sets, directly from its definition: slow, but easy to verify.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

#include "engine/board.h"

namespace ponnuki::test {

using PointSet = std::set<int>;

/// All points that can be reached from `start` through points for which `inside` returns true.
inline PointSet connected(int start, const std::function<bool(int)>& inside) {
  PointSet found{start};
  std::vector<int> open{start};
  while (!open.empty()) {
    const int p = open.back();
    open.pop_back();
    for (const int offset : kNeighborOffsets) {
      if (inside(p + offset) && found.insert(p + offset).second) open.push_back(p + offset);
    }
  }
  return found;
}

inline bool touches(int p, const PointSet& set) {
  return std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets),
                     [&](int offset) { return set.count(p + offset) > 0; });
}
inline bool touches(const PointSet& a, const PointSet& b) {
  return std::any_of(a.begin(), a.end(), [&](int p) { return touches(p, b); });
}

struct NaiveArea {
  PointSet alive, territory;
};

/// The points of the chains and regions that remain after Benson's algorithm. `stones` are all
/// stones of the player.
inline NaiveArea area_of(const std::vector<PointSet>& chains, const std::vector<PointSet>& regions,
                         const PointSet& stones) {
  NaiveArea area;
  for (const PointSet& chain : chains) area.alive.insert(chain.begin(), chain.end());
  for (const PointSet& region : regions) {
    const auto internal =
        std::count_if(region.begin(), region.end(), [&](int p) { return !touches(p, stones); });
    if (internal <= 1 && !stones.empty()) area.territory.insert(region.begin(), region.end());
  }
  return area;
}

/// The pass-alive stones and the pass-alive territory of `player`.
inline NaiveArea naive_benson(const Board& board, Color player, bool suicide_legal) {
  const auto color = [&](int p) { return board.colors()[static_cast<std::size_t>(p)]; };
  const auto own = [&](int p) { return color(p) == player; };
  const auto other = [&](int p) {
    return color(p) == Color::kEmpty || color(p) == opponent(player);
  };
  std::vector<PointSet> chains, regions;
  PointSet seen, stones;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const int p = Point::from_cell(cell, board.size()).index();
    if (own(p)) stones.insert(p);
    if (seen.count(p) > 0) continue;
    auto& list = own(p) ? chains : regions;
    list.push_back(own(p) ? connected(p, own) : connected(p, other));
    seen.insert(list.back().begin(), list.back().end());
  }
  const auto is_vital = [&](const PointSet& region, const PointSet& chain) {
    return std::all_of(region.begin(), region.end(), [&](int p) {
      return (!suicide_legal && color(p) != Color::kEmpty) || touches(p, chain);
    });
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < chains.size() && !changed; ++i) {
      const PointSet dead = chains[i];
      if (std::count_if(regions.begin(), regions.end(),
                        [&](const PointSet& r) { return is_vital(r, dead); }) >= 2)
        continue;
      chains.erase(chains.begin() + static_cast<std::ptrdiff_t>(i));
      std::erase_if(regions, [&](const PointSet& r) { return touches(r, dead); });
      changed = true;
    }
  }
  return area_of(chains, regions, stones);
}

}  // namespace ponnuki::test
