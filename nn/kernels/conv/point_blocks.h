// Blocks of points: convolutions that need no tiles go over all points of all boards in them.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/kernels/step/step.h"

namespace ponnuki::nn::kernels {

inline constexpr int kBlockPoints = 48;

/// Points [first, first + count) of all boards, counted without borders.
struct PointBlock {
  int first = 0, count = 0;
  const std::int32_t* points = nullptr;  // [count]: where they are in a map
};

template <typename Visit>
void for_each_point_block(Run& run, const Visit& visit) {
  const Frame& frame = run.work.frame();
  const int area = frame.size().area(), total = area * run.work.images();
  auto* points = run.work.scratch().take<std::int32_t>(kBlockPoints);
  for (int first = 0; first < total; first += kBlockPoints) {
    const int count = std::min(kBlockPoints, total - first);
    for (int r = 0; r < count; ++r) {
      const int image = (first + r) / area, cell = (first + r) % area;
      points[r] = frame.board_points()[static_cast<std::size_t>(cell)] + image * frame.points();
    }
    visit(PointBlock{first, count, points});
  }
}

}  // namespace ponnuki::nn::kernels
