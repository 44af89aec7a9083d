// LadderMemory: a cache of the laddered points of recent boards. The planes show the ladders of
// three boards. In a search the two older boards have nearly always been read shortly before, as
// the newest board of another position.
#pragma once

#include <bitset>
#include <cstdint>
#include <vector>

#include "engine/ladder.h"

namespace ponnuki::nn {

/// A set of points, by Point::index().
using LadderedPoints = std::bitset<kPointCount>;

/// A table of fixed size (50 KB from the first use). Newer boards replace older ones.
class LadderMemory {
 public:
  /// Returns null if the board is not in the table. The key is Position::board_key_ago().
  const LadderedPoints* find(std::uint64_t key) const {
    if (entries_.empty()) return nullptr;
    const Entry& entry = entries_[key % kEntries];
    return entry.known && entry.key == key ? &entry.points : nullptr;
  }
  const LadderedPoints& store(std::uint64_t key, const Ladders& ladders, BoardSize size) {
    if (entries_.empty()) entries_.resize(kEntries);
    Entry& entry = entries_[key % kEntries];
    entry.known = true;
    entry.key = key;
    entry.points.reset();
    for (int p = 0; p < size.used_points(); ++p) {
      const auto index = static_cast<std::size_t>(p);
      if (ladders.laddered[index]) entry.points.set(index);
    }
    return entry.points;
  }

 private:
  static constexpr std::size_t kEntries = 512;
  struct Entry {
    std::uint64_t key = 0;
    bool known = false;
    LadderedPoints points;
  };
  std::vector<Entry> entries_;
};

}  // namespace ponnuki::nn
