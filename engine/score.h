// Final scores under area and territory rules. White minus Black, komi and bonuses included.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/area.h"
#include "engine/point_set.h"
#include "engine/position.h"
#include "engine/settle.h"
#include "engine/types.h"

namespace ponnuki {

struct Score {
  float white_minus_black = 0;
  /// kEmpty for a draw.
  Color winner() const;
  /// "B+3.5", "W+2" or "0", as in GTP's final_score.
  std::string to_string() const;
};

/// Counts the position as it stands, with the rules' tax and button. All stones are alive except
/// those in the opponent's pass-alive area. This is the exact result of a finished game under area
/// scoring.
Score score_area(const Position& position, AreaMap* owner = nullptr);

/// Removes the `dead` chains (each given by any of its stones), then counts by the rules of the
/// position. Area scoring counts what is left. Territory scoring settles the borders first
/// (settle.h), then counts surrounded points and prisoners, and no points in seki if the tax rule
/// says so.
Score score_with_dead(const Position& position, const std::vector<Point>& dead,
                      AreaMap* owner = nullptr);

/// The same for a set with every dead stone. Under territory scoring the points in `protective`
/// are no territory: their owner has to play there.
Score score_settled(const Position& position, const PointSet& dead, const PointSet& protective,
                    AreaMap* owner = nullptr);
/// The same for callers that have settle_borders(position.board(), dead, position.to_move()).
Score score_settled(const Position& position, const Settled& settled, const PointSet& dead,
                    const PointSet& protective, AreaMap* owner = nullptr);

}  // namespace ponnuki
