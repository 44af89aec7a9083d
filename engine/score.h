// The referee: final scores under area and territory rules. White minus Black, komi and bonuses
// included.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/area.h"
#include "engine/position.h"
#include "engine/types.h"

namespace ponnuki {

struct Score {
  float white_minus_black = 0;
  /// kEmpty for a draw.
  Color winner() const;
  /// "B+3.5", "W+2" or "0", as GTP's final_score.
  std::string to_string() const;
};

/// Counts the position as it stands (all stones alive but for those in the opponent's pass-alive
/// area), with the rules' tax and button. This is the exact result of a finished game under area
/// scoring.
Score score_area(const Position& position, AreaMap* owner = nullptr);

/// Removes `dead` chains (any stone names its chain), then counts by the rules of the position:
/// area scoring counts what is left; territory scoring counts surrounded points and prisoners, none
/// in seki where the tax says so.
Score score_with_dead(const Position& position, const std::vector<Point>& dead,
                      AreaMap* owner = nullptr);

}  // namespace ponnuki
