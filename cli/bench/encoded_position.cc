#include "cli/bench/encoded_position.h"

#include "engine/position.h"
#include "engine/random.h"
#include "nn/inputs/planes.h"

namespace ponnuki::cli {

EncodedPosition::EncodedPosition(BoardSize size)
    : size_(size),
      spatial_(static_cast<std::size_t>(nn::kPlaneCount * size.area())),
      global_(nn::kGlobalCount) {
  Position position(size);
  Random random(1);
  for (int i = 0; i < size.area() / 3; ++i) {
    const int cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
    const Point point = Point::from_cell(cell, size);
    if (position.is_legal({position.to_move(), point})) position.play(point);
  }
  nn::encode_planes(position, Symmetry(), {}, spatial_, global_);
}

}  // namespace ponnuki::cli
