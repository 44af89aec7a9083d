// Ownership of points: pass-alive area by Benson (1976), KataGo's area maps, and seki.
#pragma once

#include <array>

#include "engine/board.h"
#include "engine/types.h"

namespace ponnuki {

/// Owner of each padded point: kBlack, kWhite, or kEmpty for nobody. Indexed by Point::index().
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
/// Pass-alive stones and territory, and what the options add. Writes only the used part of `area`.
void compute_area(const Board& board, const AreaOptions& options, AreaMap& area);

struct IndependentLifeOptions {
  bool keep_territories = false;
  bool keep_stones = false;
  bool suicide_legal = false;
};
/// Area without seki (KataGo's calculateIndependentLifeArea); returns White's minus Black's number
/// of living regions, twice which is the group tax.
int compute_independent_life(const Board& board, const IndependentLifeOptions& options,
                             AreaMap& area);

}  // namespace ponnuki
