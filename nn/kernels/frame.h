// Frame: where the points of a board lie in a map, and how Winograd's tiles cover it.
//
// A 5 × 5 board under tiles of 3 × 3 outputs (5 × 5 inputs); '.' is a border point, always zero:
//
//     . . . . . . . .      rows = cols = 2 tiles * 3 + 2 = 8
//     . o o o|o o . .      A tile's inputs begin one point up and left of its outputs, so tile
//     . o o o|o o . .      (ty, tx) has its origin at row 3 ty, column 3 tx; board point (y, x) is
//     . o o o|o o . .      frame point (y + 1) * cols + x + 1.
//     . -----+- - - .
//     . o o o|o o . .
//     . o o o|o o . .
//     . . . . . . . .
//     . . . . . . . .
//
// Image i of a batch is i * points() further on. Each board has exactly its size: no masks.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/types.h"
#include "nn/kernels/kernel_table.h"

namespace ponnuki {

/// m of F(m × m, 3 × 3).
enum class TileSize { k3 = 3, k4 = 4 };

constexpr int outputs_of(TileSize tile) { return static_cast<int>(tile); }
constexpr int elements_of(TileSize tile) { return (outputs_of(tile) + 2) * (outputs_of(tile) + 2); }

/// The tile size with the fewest multiplications on a board; the larger one of equals.
TileSize best_tile_size(BoardSize size);

struct Frame {
  explicit Frame(BoardSize board_size);

  int points() const { return rows * cols; }

  BoardSize size;
  TileSize tile;
  int rows = 0, cols = 0;
  std::vector<std::int32_t> board_points;  // [area] frame points in row-major order
  std::vector<TileRef> tiles;
};

}  // namespace ponnuki
