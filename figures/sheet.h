// Sheet: a figure that consists of a heading and rows of tiles, each with a caption below.
#pragma once

#include <memory>
#include <string>

#include "engine/board.h"
#include "figures/canvas.h"
#include "figures/heading.h"
#include "nn/reference/feature_maps.h"

namespace ponnuki::figures {

struct SheetLayout {
  Heading heading;
  int tiles = 0, columns = 1;
  int tile_width = 0, tile_height = 0;  // pixels
  int footer_height = 0;                // pixels reserved below the tiles
};

/// The number of tiles in a row: at most 8, or more if there are so many tiles that the sheet would
/// be too high for a canvas.
int sheet_columns(int tiles);

class Sheet {
 public:
  Sheet(PictureFormat format, const SheetLayout& layout);

  Canvas& canvas() { return *canvas_; }
  // The top left corner of a tile, and of the footer.
  double x(int tile) const;
  double y(int tile) const;
  double footer_x() const { return x(0); }
  double footer_y() const;
  void caption(int tile, const std::string& words);
  std::string encode() const { return canvas_->encode(); }

 private:
  SheetLayout layout_;
  std::unique_ptr<Canvas> canvas_;
};

/// Draws one channel as squares of `cell` pixels, with the top left corner at (x, y). `full` is the
/// value that gets the full colour.
struct MapDrawing {
  double x, y, cell, full;
};
void draw_map(Canvas& canvas, const MapDrawing& at, const float* values, const nn::MapShape& shape);

/// Draws small stones on top of a map with the board's size.
void draw_faint_stones(Canvas& canvas, const MapDrawing& at, const Board& board);

}  // namespace ponnuki::figures
