// Ownership of points: pass-alive area by Benson (1976), KataGo's area maps, and seki.
#pragma once

#include <array>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki {

/// The owner of each point of the padded board, by Point::index(): kBlack, kWhite, or kEmpty for
/// nobody.
using AreaMap = std::array<Color, kPointCount>;

struct AreaOptions {
  /// Adds stones that are not pass-alive and not in the opponent's pass-alive area.
  bool other_stones = true;
  /// Adds empty regions that touch one colour only, all of it pass-alive.
  bool safe_territories = true;
  /// Adds empty regions that touch one colour only.
  bool unsafe_territories = true;
  /// Multi-stone suicide is legal, which changes what is pass-alive.
  bool suicide_legal = false;
};
/// Computes pass-alive stones and territory, and what the options add. Writes only the part of
/// `area` that the board uses.
void compute_area(const Board& board, const AreaOptions& options, AreaMap& area);

/// The same with pass-alive stones and territory only.
void compute_pass_alive_area(const Board& board, bool suicide_legal, AreaMap& area);

inline Color owner_at(const AreaMap& area, Point p) {
  return area[static_cast<std::size_t>(p.index())];
}

struct IndependentLifeOptions {
  bool keep_territories = false;
  bool keep_stones = false;
  bool suicide_legal = false;
};
/// Computes the area without seki (KataGo's calculateIndependentLifeArea). Returns the number of
/// White's living regions minus the number of Black's; twice this number is the group tax.
int compute_independent_life(const Board& board, const IndependentLifeOptions& options,
                             AreaMap& area);

}  // namespace ponnuki
