// PlaneWriter: writes the planes of one position, transformed by shape_keeping(symmetry). A value
// that is set is 1; all others are 0. Each encoder defines constants for its planes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "engine/point_set.h"
#include "engine/symmetry.h"
#include "nn/inputs/planes.h"

namespace ponnuki::nn {

class PlaneWriter {
 public:
  /// `spatial` is [planes * area], plane-major, and must be all zeros.
  PlaneWriter(BoardSize size, Symmetry symmetry, std::span<float> spatial)
      : size_(size), area_(size.area()), spatial_(spatial) {
    const Symmetry shown = shape_keeping(symmetry, size);
    const auto cell_of = [&](int x, int y) {
      return shown.apply(Point::at(x, y), size).cell(shown.apply(size));
    };
    base_ = cell_of(0, 0);
    dx_ = size.width > 1 ? cell_of(1, 0) - base_ : 0;
    dy_ = size.height > 1 ? cell_of(0, 1) - base_ : 0;
    std::fill(spatial.begin(), spatial.end(), 0.0F);
  }

  /// The index of the point within each plane.
  int cell(Point p) const { return cell(p.x(), p.y()); }
  /// Calls visit(point, cell) for each point of the board, row by row.
  template <typename Visit>
  void for_each_point(Visit visit) const {
    for (int y = 0; y < size_.height; ++y) {
      for (int x = 0; x < size_.width; ++x) visit(Point::at(x, y), cell(x, y));
    }
  }

  void set(int plane, int cell) { spatial_[static_cast<std::size_t>(plane * area_ + cell)] = 1; }
  void set(int plane, Point p) { set(plane, cell(p)); }
  void set(int plane, const PointSet& points) {
    points.for_each([&](Point p) { set(plane, p); });
  }
  /// Sets the points of the board for which holds(point) is true.
  template <typename Predicate>
  void set_where(int plane, Predicate holds) {
    for_each_point([&](Point p, int cell) {
      if (holds(p)) set(plane, cell);
    });
  }
  void fill(int plane) { std::ranges::fill(values(plane), 1.0F); }
  void copy(int from, int to) { std::ranges::copy(values(from), values(to).begin()); }

 private:
  int cell(int x, int y) const { return base_ + x * dx_ + y * dy_; }
  std::span<float> values(int plane) const {
    const auto area = static_cast<std::size_t>(area_);
    return spatial_.subspan(static_cast<std::size_t>(plane) * area, area);
  }

  BoardSize size_;
  int area_;
  int base_, dx_, dy_;  // the cell of (x, y) is base + x * dx + y * dy
  std::span<float> spatial_;
};

}  // namespace ponnuki::nn
