// PointSet: a set of points of the padded board, as a bit set.
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
  void remove(Point p) { words_[word(p)] &= ~bit(p); }
  bool contains(Point p) const { return (words_[word(p)] & bit(p)) != 0; }
  int size() const {
    int count = 0;
    for (const std::uint64_t w : words_) count += std::popcount(w);
    return count;
  }
  /// Calls visit(point) for each point, in the order of indices.
  template <typename Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < kWords; ++i) {
      for (std::uint64_t left = words_[i]; left != 0; left &= left - 1)
        visit(Point::from_index(static_cast<int>(64 * i) + std::countr_zero(left)));
    }
  }

  friend PointSet operator|(PointSet a, const PointSet& b) {
    for (std::size_t i = 0; i < kWords; ++i) a.words_[i] |= b.words_[i];
    return a;
  }
  friend PointSet operator&(PointSet a, const PointSet& b) {
    for (std::size_t i = 0; i < kWords; ++i) a.words_[i] &= b.words_[i];
    return a;
  }
  PointSet without(const PointSet& other) const {
    PointSet left;
    for (std::size_t i = 0; i < kWords; ++i) left.words_[i] = words_[i] & ~other.words_[i];
    return left;
  }
  /// The points adjacent to a point of this set, walls included.
  PointSet neighbors() const {
    return shifted<1>() | shifted<-1>() | shifted<kStride>() | shifted<-kStride>();
  }

  friend bool operator==(const PointSet&, const PointSet&) = default;

 private:
  static constexpr std::size_t kWords = (kPointCount + 63) / 64;
  static std::size_t word(Point p) { return static_cast<std::size_t>(p.index()) / 64; }
  static std::uint64_t bit(Point p) { return std::uint64_t{1} << (p.index() % 64); }
  template <int kBy>
  PointSet shifted() const {
    static_assert(kBy != 0 && -64 < kBy && kBy < 64);
    PointSet s;
    for (std::size_t i = 0; i < kWords; ++i) {
      if constexpr (kBy > 0) {
        s.words_[i] = words_[i] << kBy | (i > 0 ? words_[i - 1] >> (64 - kBy) : 0);
      } else {
        s.words_[i] = words_[i] >> -kBy | (i + 1 < kWords ? words_[i + 1] << (64 + kBy) : 0);
      }
    }
    return s;
  }
  std::array<std::uint64_t, kWords> words_{};
};

}  // namespace ponnuki
