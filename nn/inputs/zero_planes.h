// The input planes of AlphaGo Zero (Silver et al. 2017, Methods) and of Leela Zero, from the
// perspective of the player to move: the stones of this position and the seven before it, and the
// colour.
//
//     AlphaGo Zero, 17: X_t, Y_t, X_t-1, Y_t-1, ..., X_t-7, Y_t-7,
//                       then all ones if Black is to move
//     Leela Zero, 18:   X_t ... X_t-7, Y_t ... Y_t-7,
//                       then all ones if Black is to move, then all ones if White is
//
// X are own stones, Y the opponent's. Planes of positions before the first one of the game are
// zero.
#pragma once

#include <span>

#include "engine/position.h"
#include "engine/symmetry.h"

namespace ponnuki::nn {

inline constexpr int kZeroHistory = 8;
inline constexpr int kAlphaGoZeroPlanes = 2 * kZeroHistory + 1;
inline constexpr int kLeelaZeroPlanes = 2 * kZeroHistory + 2;

/// Writes spatial[planes * area], plane-major, transformed by shape_keeping(symmetry).
void encode_alphago_zero(const Position& position, Symmetry symmetry, std::span<float> spatial);
void encode_leela_zero(const Position& position, Symmetry symmetry, std::span<float> spatial);

}  // namespace ponnuki::nn
