// The eight symmetries of the square; a rectangle has four, those without transposition. Numbered
// as in KataGo: bit 0 flips y, bit 1 flips x, bit 2 transposes, applied in that order.
#pragma once

#include <cstdint>

#include "engine/types.h"

namespace ponnuki {

class Symmetry {
 public:
  constexpr Symmetry() = default;
  explicit constexpr Symmetry(int number) : bits_(static_cast<std::uint8_t>(number)) {}
  constexpr int number() const { return bits_; }
  constexpr bool flips_y() const { return bits_ & 1; }
  constexpr bool flips_x() const { return bits_ & 2; }
  constexpr bool transposes() const { return bits_ & 4; }
  /// Eight for squares, four for other rectangles, whose shape a transposition would change.
  static constexpr int count(BoardSize size) { return size.width == size.height ? 8 : 4; }

  constexpr BoardSize apply(BoardSize size) const {
    return transposes() ? BoardSize{size.height, size.width} : size;
  }
  /// The image of `p` on a board of `size`. Pass stays pass.
  constexpr Point apply(Point p, BoardSize size) const {
    if (p.is_pass() || p.is_none()) return p;
    const int x = flips_x() ? size.width - 1 - p.x() : p.x();
    const int y = flips_y() ? size.height - 1 - p.y() : p.y();
    return transposes() ? Point::at(y, x) : Point::at(x, y);
  }
  constexpr Symmetry inverse() const {
    if (!transposes()) return *this;
    return Symmetry(4 | (flips_x() ? 1 : 0) | (flips_y() ? 2 : 0));
  }
  friend constexpr bool operator==(Symmetry, Symmetry) = default;

 private:
  std::uint8_t bits_ = 0;
};

}  // namespace ponnuki
