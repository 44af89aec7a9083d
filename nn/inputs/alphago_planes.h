// The input planes of AlphaGo (Silver et al. 2016, Extended Data Table 2), from the perspective of
// the player to move.
//
//     0-2    own stones, the opponent's, empty points
//     3      ones
//     4-11   stones played 1 (the last move), 2, ..., 8 or more turns ago
//     12-19  liberties of a chain: 1, 2, ..., 8 or more
//     20-27  opponent's stones that a legal move here captures: 0, 1, ..., 7 or more
//     28-35  own stones that a legal move here puts into atari: 1, 2, ..., 8 or more
//     36-43  liberties of the chain after a legal move here: 1, 2, ..., 8 or more
//     44, 45 a legal move here that captures by a working ladder, that escapes from one
//     46     a legal move that does not fill an own eye
//     47     zeros
//     48     ones if Black is to move (value networks only)
//
// The paper does not say where counts begin. Here they begin as in RocAlphaGo, whose nets are
// public.
#pragma once

#include <span>

#include "engine/position.h"
#include "engine/symmetry.h"

namespace ponnuki::nn {

inline constexpr int kAlphaGoPlanes = 48;

/// Writes spatial[48 * area], or spatial[49 * area] with the colour plane; plane-major, transformed
/// by shape_keeping(symmetry).
void encode_alphago(const Position& position, Symmetry symmetry, std::span<float> spatial);

}  // namespace ponnuki::nn
