#include "nn/kernels/frame.h"

#include <algorithm>

namespace ponnuki {
namespace {

int tiles_along(int length, TileSize tile) {
  return (length + outputs_of(tile) - 1) / outputs_of(tile);
}
int multiplications(BoardSize size, TileSize tile) {
  return tiles_along(size.height, tile) * tiles_along(size.width, tile) * elements_of(tile);
}

}  // namespace

TileSize best_tile_size(BoardSize size) {
  return multiplications(size, TileSize::k3) < multiplications(size, TileSize::k4) ? TileSize::k3
                                                                                   : TileSize::k4;
}

Frame::Frame(BoardSize board_size) : size(board_size), tile(best_tile_size(board_size)) {
  const int m = outputs_of(tile);
  const int tiles_y = tiles_along(size.height, tile), tiles_x = tiles_along(size.width, tile);
  rows = tiles_y * m + 2;
  cols = tiles_x * m + 2;
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) board_points.push_back((y + 1) * cols + x + 1);
  for (int y = 0; y < size.height; y += m) {
    for (int x = 0; x < size.width; x += m) {
      tiles.push_back({y * cols + x, static_cast<std::int16_t>(std::min(m, size.height - y)),
                       static_cast<std::int16_t>(std::min(m, size.width - x))});
    }
  }
}

}  // namespace ponnuki
