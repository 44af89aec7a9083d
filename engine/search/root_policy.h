// What a search does only at its root: noise and temperature on the priors, pruning of symmetric
// moves, and small bonuses that make the engine finish a settled game. Pure functions.
#pragma once

#include <span>
#include <vector>

#include "engine/area.h"
#include "engine/position.h"
#include "engine/random.h"
#include "engine/search/params.h"
#include "engine/symmetry.h"
#include "engine/types.h"

namespace ponnuki::search {

/// Interpolates from `early` at move 0 to `late`: the remaining difference halves every `halflife`
/// moves, scaled to the size of the board (`halflife` is for 19×19).
double interpolate_early(double early, double late, double halflife, const Position& position);

/// Raises the priors of legal moves to the power 1 / temperature and normalises them. Negative
/// priors stay.
void apply_temperature(std::span<float> policy, double temperature);

/// Mixes in Dirichlet noise. Half of its concentration is uniform; half follows the logarithm of
/// the priors (KataGo's shaped noise).
void add_dirichlet_noise(std::span<float> policy, const SearchParams& params, Random& random);

/// The symmetries that leave the board unchanged, identity first. Only the identity if ko or
/// superko bans a move.
std::vector<Symmetry> board_symmetries(const Position& position);

/// For each cell the move that represents it under `symmetries`, or none for the representatives
/// themselves.
std::vector<Point> mirror_representatives(const Position& position,
                                          std::span<const Symmetry> symmetries);

/// Points for the player to move, mostly negative, that make the search prefer to end a settled
/// game (KataGo's rootEndingBonusPoints). `ownership` is laid out as in Evaluation; `pass_alive` is
/// that of the board.
double ending_bonus(const Position& position, Point move, std::span<const float> ownership,
                    const AreaMap& pass_alive, double bonus_points);

/// A gamma deviate (Marsaglia and Tsang 2000).
double gamma_deviate(double shape, Random& random);

}  // namespace ponnuki::search
