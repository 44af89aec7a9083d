#include "figures/sheet.h"

#include <algorithm>
#include <cmath>

#include "figures/colors.h"

namespace ponnuki::figures {
namespace {

constexpr int kTileGap = 12;  // between tiles
constexpr int kCaption = 14;  // height of a caption
constexpr double kCaptionFont = 9.5;

int rows(const SheetLayout& layout) { return (layout.tiles + layout.columns - 1) / layout.columns; }

int row_height(const SheetLayout& layout) { return layout.tile_height + kCaption + kTileGap; }

int width_of(const SheetLayout& layout) {
  const int tiles = layout.columns * (layout.tile_width + kTileGap) - kTileGap;
  return std::max(tiles, layout.heading.width()) + 2 * kMargin;
}

int height_of(const SheetLayout& layout) {
  return 2 * kMargin + layout.heading.height() + rows(layout) * row_height(layout) - kTileGap +
         layout.footer_height;
}

}  // namespace

int sheet_columns(int tiles) {
  constexpr int kFew = 96, kColumns = 8;
  if (tiles <= kFew) return std::min(tiles, kColumns);
  return static_cast<int>(std::ceil(std::sqrt(1.5 * tiles)));
}

Sheet::Sheet(PictureFormat format, const SheetLayout& layout)
    : layout_(layout), canvas_(make_canvas(format, width_of(layout), height_of(layout))) {
  layout_.heading.draw(*canvas_);
}

double Sheet::x(int tile) const {
  return kMargin + tile % layout_.columns * (layout_.tile_width + kTileGap);
}

double Sheet::y(int tile) const {
  const int row = tile / layout_.columns;
  return kMargin + layout_.heading.height() + row * row_height(layout_);
}

double Sheet::footer_y() const { return y(0) + rows(layout_) * row_height(layout_); }

void Sheet::caption(int tile, const std::string& words) {
  canvas_->text(x(tile), y(tile) + layout_.tile_height + kCaption - 3, kCaptionFont, Anchor::kStart,
                words, kInk);
}

/// Adjacent squares of equal colour in a row are merged into one rectangle.
void draw_map(Canvas& canvas, const MapDrawing& at, const float* values,
              const nn::MapShape& shape) {
  const auto color_at = [&](int y, int x) {
    const double value = static_cast<double>(values[y * shape.width + x]);
    return diverging(at.full > 0 ? value / at.full : 0.0);
  };
  for (int y = 0; y < shape.height; ++y) {
    for (int x = 0, end = 0; x < shape.width; x = end) {
      const Rgb color = color_at(y, x);
      for (end = x + 1; end < shape.width && color_at(y, end) == color;) ++end;
      canvas.rect(at.x + x * at.cell, at.y + y * at.cell, (end - x) * at.cell, at.cell, {color});
    }
  }
  const double right = at.x + shape.width * at.cell, bottom = at.y + shape.height * at.cell;
  const double corners[][4] = {{at.x, at.y, right, at.y},
                               {right, at.y, right, bottom},
                               {right, bottom, at.x, bottom},
                               {at.x, bottom, at.x, at.y}};
  for (const auto& [x1, y1, x2, y2] : corners) canvas.line(x1, y1, x2, y2, 0.7, {kFaintInk});
}

void draw_faint_stones(Canvas& canvas, const MapDrawing& at, const Board& board) {
  const double radius = 0.27 * at.cell, edge = std::max(0.5, 0.07 * at.cell);
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    const Color color = board.at(p);
    if (color == Color::kEmpty) continue;
    const double x = at.x + (p.x() + 0.5) * at.cell, y = at.y + (p.y() + 0.5) * at.cell;
    canvas.circle(x, y, radius, {kBlackStone, 0.7});
    if (color == Color::kWhite) canvas.circle(x, y, radius - edge, {kWhiteStone});
  }
}

}  // namespace ponnuki::figures
