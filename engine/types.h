// The basic types: colours, board sizes, points and moves. Values only, without the rules of Go.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace ponnuki {

enum class Color : std::uint8_t { kEmpty = 0, kBlack = 1, kWhite = 2, kWall = 3 };

/// The other player. Requires kBlack or kWhite.
constexpr Color opponent(Color player) {
  return static_cast<Color>(3 - static_cast<std::uint8_t>(player));
}
constexpr bool is_player(Color c) { return c == Color::kBlack || c == Color::kWhite; }

inline constexpr int kMaxLength = 25;  // longest side of a board
inline constexpr int kMinLength = 2;   // shortest side users may choose (tests also use 1)
inline constexpr int kMaxArea = kMaxLength * kMaxLength;

/// Boards of every size use one padded array with a fixed row stride, so that the four neighbours
/// are at constant offsets. The single wall column left of x = 0 is also the wall right of x = 24.
///
///     row 0          # # # # …          y = -1
///     row 1          # a b c … #        y = 0, the TOP row (A19 on 19×19)
///     row h          # x y z … #        y = h - 1, the row that is numbered 1
///     row h + 1      # # # # …
inline constexpr int kStride = kMaxLength + 1;
inline constexpr int kPointCount = kStride * (kMaxLength + 2) + 1;

struct BoardSize {
  std::uint8_t width = 19;
  std::uint8_t height = 19;
  constexpr int area() const { return width * height; }
  /// The number of leading entries of a padded array that this size uses. For copies and loops.
  constexpr int used_points() const { return kStride * (height + 2) + 1; }
  friend constexpr bool operator==(BoardSize, BoardSize) = default;
};

/// A vertex of the padded board, or pass, or none. Cheap to copy. index() gives an array index.
class Point {
 public:
  constexpr Point() = default;  // none
  static constexpr Point none() { return Point(0); }
  static constexpr Point pass() { return Point(1); }
  /// x counts columns from the left, y rows from the top, both from 0.
  static constexpr Point at(int x, int y) { return Point((y + 1) * kStride + x + 1); }
  static constexpr Point from_index(int index) { return Point(index); }
  /// The inverse of cell(): row-major from the top left; `size.area()` is pass.
  static constexpr Point from_cell(int cell, BoardSize size) {
    return cell == size.area() ? pass() : at(cell % size.width, cell / size.width);
  }

  constexpr int index() const { return index_; }
  constexpr bool is_none() const { return index_ == 0; }
  constexpr bool is_pass() const { return index_ == 1; }
  constexpr int x() const { return index_ % kStride - 1; }
  constexpr int y() const { return index_ / kStride - 1; }
  constexpr bool on_board(BoardSize size) const {
    return index_ >= kStride && x() >= 0 && x() < size.width && y() < size.height;
  }
  /// The row-major index from the top left, as networks and clients use it. A pass has area().
  constexpr int cell(BoardSize size) const {
    return is_pass() ? size.area() : y() * size.width + x();
  }

  constexpr Point up() const { return Point(index_ - kStride); }
  constexpr Point down() const { return Point(index_ + kStride); }
  constexpr Point left() const { return Point(index_ - 1); }
  constexpr Point right() const { return Point(index_ + 1); }

  friend constexpr bool operator==(Point, Point) = default;
  friend constexpr auto operator<=>(Point a, Point b) { return a.index_ <=> b.index_; }

 private:
  explicit constexpr Point(int index) : index_(static_cast<std::int16_t>(index)) {}
  std::int16_t index_ = 0;
};

inline constexpr int kNeighborOffsets[4] = {-kStride, -1, 1, kStride};

struct Move {
  Color color = Color::kEmpty;
  Point point;
  friend constexpr bool operator==(Move, Move) = default;
};

}  // namespace ponnuki

template <>
struct std::hash<ponnuki::Point> {
  std::size_t operator()(ponnuki::Point p) const noexcept {
    return static_cast<std::size_t>(p.index());
  }
};
