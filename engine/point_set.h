// PointSet: a set of points of the padded board, a bit each.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "engine/types.h"

namespace ponnuki {

class PointSet {
 public:
  void add(Point p) { words_[word(p)] |= bit(p); }
  bool contains(Point p) const { return (words_[word(p)] & bit(p)) != 0; }
  int size() const {
    int count = 0;
    for (const std::uint64_t w : words_) count += std::popcount(w);
    return count;
  }
  /// Calls visit(point) for each point, by rising index.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
        visit(Point::from_index(static_cast<int>(64 * i) + std::countr_zero(left)));
    }
  }

 private:
  static std::size_t word(Point p) { return static_cast<std::size_t>(p.index()) / 64; }
  static std::uint64_t bit(Point p) { return std::uint64_t{1} << (p.index() % 64); }
  std::array<std::uint64_t, (kPointCount + 63) / 64> words_{};
};

}  // namespace ponnuki
