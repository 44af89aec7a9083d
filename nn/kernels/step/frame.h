// Frame: where the points of a board lie in a map, and how Winograd's tiles cover it.
//
// A side is cut into the fewest tiles of at most 5, the first ones of 5 and as many of 4 as cover
// it best: 9 = 5 + 4, 13 = 5 + 4 + 4, 19 = 5 + 5 + 5 + 4, 6 = 4 + (2 of 4). Here 6 × 5; '.' is a
// border point, always zero:
//
//     . . . . . . . . . .     A tile's inputs begin one point up and left of its outputs: the left
//     . o o o o|o o . . .     tile has its origin at row 0, column 0, the right one at column 4.
//     . o o o o|o o . . .     Board point (y, x) is frame point (y + 1) * cols + x + 1.
//     . o o o o|o o . . .     rows = 5 + 2, cols = 4 + 4 + 2.
//     . o o o o|o o . . .
//     . o o o o|o o . . .
//     . . . . . . . . . .
//
// A second cover has tiny tiles only, of 3 × 3 outputs: more multiplications, but half the weights,
// which is what counts for few tiles.
//
// Image i of a batch is i * points() further on. Each board has exactly its size: no masks.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/types.h"
#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

/// Tiles by kind that together cover a board.
using Cover = std::array<std::vector<TileRef>, kTileKinds>;

/// The range of tiles that have an element, where tiles are sorted by kind and those of a kind
/// begin at kind_begin[kind].
struct TileRange {
  int first = 0, last = 0;
};
TileRange tiles_with_element(int element, const std::array<int, kTileKinds + 1>& kind_begin);

class Frame {
 public:
  explicit Frame(BoardSize size);

  BoardSize size() const { return size_; }
  int points() const { return rows_ * cols_; }
  /// Points a row.
  int cols() const { return cols_; }
  /// [area] in row-major order.
  const std::vector<std::int32_t>& board_points() const { return board_points_; }
  /// The cheaper cover for a batch.
  const Cover& cover(int images) const;

 private:
  BoardSize size_;
  int rows_ = 0, cols_ = 0;
  std::vector<std::int32_t> board_points_;
  Cover exact_, tiny_;
};

}  // namespace ponnuki::nn::kernels
