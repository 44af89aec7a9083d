// The V7 input features of KataGo's nets: 22 planes and 19 numbers (docs/formats.md).
#pragma once

#include <span>

#include "engine/position.h"
#include "engine/symmetry.h"

namespace ponnuki {

inline constexpr int kPlaneCount = 22;
inline constexpr int kGlobalCount = 19;

struct PlaneOptions {
  bool ladders = true;            // planes 14–17
  double draw_value = 0.5;        // share of a win that a draw is worth to White; enters the komi feature
  bool suppress_end_by_pass = false;  // hide history where passing would end the game (KataGo's conservative pass)
};

/// Writes spatial[22 * area] plane-major, turned by `symmetry` (transposed sizes for rectangles are not allowed), and
/// global[19]. Both for the player to move.
void encode_planes(const Position& position, Symmetry symmetry, const PlaneOptions& options,
                   std::span<float> spatial, std::span<float> global);

}  // namespace ponnuki
