// The input planes of a position, for comparison and as text.
#pragma once

#include <string>
#include <vector>

#include "nn/inputs/planes.h"

namespace ponnuki::test {

/// The planes and features that encode_planes() writes for a position.
struct Encoding {
  BoardSize size;
  std::vector<float> spatial, global;

  /// A plane as text, one row on each line: '1' where it is set.
  std::string plane(int number) const {
    std::string text = "\n";
    for (int cell = 0; cell < size.area(); ++cell) {
      text += spatial[static_cast<std::size_t>(number * size.area() + cell)] == 0 ? '.' : '1';
      if ((cell + 1) % size.width == 0) text += '\n';
    }
    return text;
  }
  bool is_empty(int number) const { return plane(number).find('1') == std::string::npos; }
  float number(int index) const { return global[static_cast<std::size_t>(index)]; }
};

inline Encoding encode(const Position& position, const nn::PlaneOptions& options = {},
                       int symmetry = 0) {
  const BoardSize size = position.size();
  Encoding e;
  e.size = nn::shape_keeping(Symmetry(symmetry), size).apply(size);
  e.spatial.resize(static_cast<std::size_t>(nn::kPlaneCount * size.area()),
                   7);  // must be overwritten
  e.global.resize(static_cast<std::size_t>(nn::kGlobalCount), 7);
  nn::encode_planes(position, Symmetry(symmetry), options, e.spatial, e.global);
  return e;
}

}  // namespace ponnuki::test
