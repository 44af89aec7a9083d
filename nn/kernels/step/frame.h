// Frame: where the points of a board are in a map, and which tiles of Winograd's method cover it.
//
// A side is cut into the fewest tiles of length 5 or less: first tiles of 5, then as many of 4 as
// fit best: 9 = 5 + 4, 13 = 5 + 4 + 4, 19 = 5 + 5 + 5 + 4, 6 = 4 + (2 of 4). Here is a board of 6
// columns and 5 rows; '.' is a border point, always zero:
//
//     . . . . . . . . . .     A tile's inputs begin one point up and left of its outputs: the left
//     . o o o o|o o . . .     tile has its origin at row 0, column 0, the right one at column 4.
//     . o o o o|o o . . .     Board point (y, x) is frame point (y + 1) * cols + x + 1.
//     . o o o o|o o . . .     rows = 5 + 2, cols = 4 + 4 + 2.
//     . o o o o|o o . . .
//     . o o o o|o o . . .
//     . . . . . . . . . .
//
// A second cover consists of tiny tiles, of 3 × 3 outputs each. It takes more multiplications but
// half the weights, and is faster for few tiles.
//
// Image i of a batch begins at point i * points(). Each frame fits its board exactly, so no mask is
// needed.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/types.h"
#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

/// The tiles, by kind, that together cover a board.
using Cover = std::array<std::vector<TileRef>, kTileKinds>;

/// The range of tiles that have an element. The tiles are sorted by kind; those of a kind begin at
/// kind_begin[kind].
struct TileRange {
  int first = 0, last = 0;
};
TileRange tiles_with_element(int element, const std::array<int, kTileKinds + 1>& kind_begin);

class Frame {
 public:
  explicit Frame(BoardSize size);

  BoardSize size() const { return size_; }
  int points() const { return rows_ * cols_; }
  /// Points in a row of the frame.
  int cols() const { return cols_; }
  /// The frame points of the board, [area] in row-major order.
  const std::vector<std::int32_t>& board_points() const { return board_points_; }
  /// The cover that is faster for a batch of this many images.
  const Cover& cover(int images) const;

 private:
  BoardSize size_;
  int rows_ = 0, cols_ = 0;
  std::vector<std::int32_t> board_points_;
  Cover exact_, tiny_;
};

}  // namespace ponnuki::nn::kernels
