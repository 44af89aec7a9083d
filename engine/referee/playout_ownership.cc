#include "engine/referee/playout_ownership.h"

#include "engine/playouts.h"

namespace ponnuki::referee {

std::vector<float> playout_ownership(const Position& end) {
  constexpr int kPlayouts = 64;  // a power of two: all shares and their sums are exact
  const BoardSize size = end.size();
  std::vector<float> ownership(static_cast<std::size_t>(size.area()));
  Playouts playouts;
  Random random(end.board().hash());
  for (int i = 0; i < kPlayouts; ++i) {
    const Color first = i % 2 == 0 ? Color::kBlack : Color::kWhite;
    playouts.run(Position(end.board(), first, end.rules()), random);
    for (int cell = 0; cell < size.area(); ++cell) {
      const Color owner = playouts.owner(Point::from_cell(cell, size));
      if (!is_player(owner)) continue;
      ownership[static_cast<std::size_t>(cell)] +=
          (owner == Color::kBlack ? 1.0F : -1.0F) / kPlayouts;
    }
  }
  return ownership;
}

}  // namespace ponnuki::referee
