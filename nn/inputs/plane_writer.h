// PlaneWriter: planes of one position, by number, turned by shape_keeping(symmetry).
#pragma once

#include <algorithm>
#include <span>

#include "engine/point_set.h"
#include "engine/symmetry.h"
#include "nn/inputs/planes.h"
#include "nn/inputs/turned_cells.h"

namespace ponnuki::nn {

class PlaneWriter {
 public:
  /// `spatial` is [planes * area], plane-major; all zeros at first.
  PlaneWriter(BoardSize size, Symmetry symmetry, std::span<float> spatial)
      : area_(static_cast<std::size_t>(size.area())),
        cells_(size, shape_keeping(symmetry, size)),
        spatial_(spatial) {
    std::fill(spatial.begin(), spatial.end(), 0.0F);
  }

  void set(int plane, Point p) { values(plane)[static_cast<std::size_t>(cells_.at(p))] = 1; }
  void set(int plane, const PointSet& points) {
    points.for_each([&](Point p) { set(plane, p); });
  }
  void fill(int plane) { std::fill_n(values(plane).begin(), area_, 1.0F); }

 private:
  std::span<float> values(int plane) {
    return spatial_.subspan(static_cast<std::size_t>(plane) * area_, area_);
  }

  std::size_t area_;
  TurnedCells cells_;
  std::span<float> spatial_;
};

}  // namespace ponnuki::nn
