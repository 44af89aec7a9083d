// What is special about the root of a search: noise and temperature on its priors, moves not worth
// looking at, and small bonuses that end games tidily. Pure functions.
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

/// A value that goes from `early` at move 0 to `late`, half of the way every `halflife` moves of a
/// 19×19 game.
double interpolate_early(double early, double late, double halflife, const Position& position);

/// Raises the legal priors to 1 / temperature and normalises. Priors below 0 stay.
void apply_temperature(std::span<float> policy, double temperature);

/// Mixes in Dirichlet noise: half of its concentration is uniform, half follows the logarithm of
/// the priors (KataGo's shaped noise).
void add_dirichlet_noise(std::span<float> policy, const SearchParams& params, Random& random);

/// Symmetries that leave the board as it is, identity first; only the identity where ko or superko
/// bans a move.
std::vector<Symmetry> board_symmetries(const Position& position);

/// For each cell the move that stands for it under `symmetries`; none for those who stand for
/// themselves.
std::vector<Point> mirror_representatives(const Position& position,
                                          std::span<const Symmetry> symmetries);

/// Points for the player to move, mostly negative, that make him prefer to end a settled game
/// (KataGo's rootEndingBonusPoints). `ownership` as in Evaluation; `pass_alive` of the board.
double ending_bonus(const Position& position, Point move, std::span<const float> ownership,
                    const AreaMap& pass_alive, double bonus_points);

/// A gamma deviate (Marsaglia and Tsang 2000).
double gamma_deviate(double shape, Random& random);

}  // namespace ponnuki::search
