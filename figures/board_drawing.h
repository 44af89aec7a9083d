// BoardDrawing: draws a board on a canvas: wood, lines, star points, coordinates, stones.
#pragma once

#include "engine/board.h"
#include "figures/canvas.h"

namespace ponnuki::figures {

class BoardDrawing {
 public:
  /// (left, top) is the top left corner of the wood. A point of the board is `cell` pixels wide.
  BoardDrawing(Canvas& canvas, BoardSize size, int left, int top, int cell)
      : canvas_(canvas), size_(size), left_(left), top_(top), cell_(cell) {}

  /// The length of the wood for this many points, in pixels.
  static int side(int points, int cell) { return cell * points + 2 * rim(cell); }
  // The centre of a point, in pixels.
  double x(Point p) const { return left_ + rim(cell_) + (p.x() + 0.5) * cell_; }
  double y(Point p) const { return top_ + rim(cell_) + (p.y() + 0.5) * cell_; }

  // Call these in order from the bottom layer: wood, tints, lines, stones, marks.
  void draw_wood() const;
  void draw_lines() const;
  void draw_stones(const Board& board) const;
  /// Fills a square in the middle of a point's cell. Its side is `share` of the cell's.
  void fill_cell(Point p, double share, Paint paint) const;
  /// Draws a ring on the last stone played.
  void mark_last(Point p, Color stone) const;
  /// Writes text in the centre of a point.
  void label(Point p, const std::string& words, Rgb color) const;

 private:
  /// The width of the rim around the points, which contains the coordinates.
  static int rim(int cell) { return cell * 9 / 10; }
  void draw_coordinates() const;

  Canvas& canvas_;
  BoardSize size_;
  int left_, top_, cell_;
};

}  // namespace ponnuki::figures
