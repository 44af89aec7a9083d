// TurnedCells: where a point's value lies in a plane that is shown under a symmetry.
#pragma once

#include "engine/symmetry.h"
#include "engine/types.h"

namespace ponnuki::nn {

/// base + x * dx + y * dy.
class TurnedCells {
 public:
  TurnedCells(BoardSize size, Symmetry symmetry) {
    const auto cell = [&](int x, int y) {
      return symmetry.apply(Point::at(x, y), size).cell(symmetry.apply(size));
    };
    base_ = cell(0, 0);
    dx_ = size.width > 1 ? cell(1, 0) - base_ : 0;
    dy_ = size.height > 1 ? cell(0, 1) - base_ : 0;
  }
  int at(int x, int y) const { return base_ + x * dx_ + y * dy_; }
  int at(Point p) const { return at(p.x(), p.y()); }

 private:
  int base_, dx_, dy_;
};

}  // namespace ponnuki::nn
