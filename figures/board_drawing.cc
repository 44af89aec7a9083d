#include "figures/board_drawing.h"

#include <algorithm>

#include "engine/coord.h"
#include "engine/star_points.h"
#include "figures/colors.h"

namespace ponnuki::figures {
namespace {

constexpr Rgb kLine{90, 66, 28};

}  // namespace

void BoardDrawing::draw_wood() const {
  canvas_.rect(left_, top_, side(size_.width, cell_), side(size_.height, cell_), {kWood});
}

void BoardDrawing::draw_lines() const {
  const Point first = Point::at(0, 0), last = Point::at(size_.width - 1, size_.height - 1);
  const double thick = std::max(0.8, cell_ * 0.03);
  for (int column = 0; column < size_.width; ++column) {
    const double at = x(Point::at(column, 0));
    canvas_.line(at, y(first), at, y(last), thick, {kLine});
  }
  for (int row = 0; row < size_.height; ++row) {
    const double at = y(Point::at(0, row));
    canvas_.line(x(first), at, x(last), at, thick, {kLine});
  }
  for (const Point p : star_points(size_)) canvas_.circle(x(p), y(p), 0.1 * cell_, {kLine});
  draw_coordinates();
}

void BoardDrawing::draw_coordinates() const {
  const double font = 0.36 * cell_, half = 0.36 * font;  // `half` is half the height of a capital
  for (int column = 0; column < size_.width; ++column) {
    const Point p = Point::at(column, 0);
    const std::string letter = to_gtp(p, size_).substr(0, 1);
    for (const double row : {top_ + 0.45 * cell_, top_ + side(size_.height, cell_) - 0.45 * cell_})
      canvas_.text(x(p), row + half, font, Anchor::kMiddle, letter, kLine);
  }
  for (int row = 0; row < size_.height; ++row) {
    const Point p = Point::at(0, row);
    const std::string number = to_gtp(p, size_).substr(1);
    for (const double column :
         {left_ + 0.45 * cell_, left_ + side(size_.width, cell_) - 0.45 * cell_})
      canvas_.text(column, y(p) + half, font, Anchor::kMiddle, number, kLine);
  }
}

void BoardDrawing::draw_stones(const Board& board) const {
  const double radius = 0.47 * cell_, edge = std::max(0.8, 0.035 * cell_);
  for (int cell = 0; cell < size_.area(); ++cell) {
    const Point p = Point::from_cell(cell, size_);
    if (board.at(p) == Color::kEmpty) continue;
    canvas_.circle(x(p), y(p), radius, {kBlackStone});
    if (board.at(p) == Color::kWhite) canvas_.circle(x(p), y(p), radius - edge, {kWhiteStone});
  }
}

void BoardDrawing::fill_cell(Point p, double share, Paint paint) const {
  const double side = share * cell_;
  canvas_.rect(x(p) - side / 2, y(p) - side / 2, side, side, paint);
}

void BoardDrawing::mark_last(Point p, Color stone) const {
  canvas_.circle(x(p), y(p), 0.25 * cell_, {stone_color(opponent(stone))});
  canvas_.circle(x(p), y(p), 0.18 * cell_, {stone_color(stone)});
}

void BoardDrawing::label(Point p, const std::string& words, Rgb color) const {
  const double font = 0.34 * cell_;
  canvas_.text(x(p), y(p) + 0.36 * font, font, Anchor::kMiddle, words, color);
}

}  // namespace ponnuki::figures
