// Openings of matches: a list that depends on a seed, or one from a file. Each is played twice with
// colours swapped, so that an opening that favours a colour favours neither player.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

/// Moves from the empty board, Black first.
using Opening = std::vector<Point>;

/// The first `count` of the list of this seed: 2 to 4 plies on points where games begin (third line
/// or higher; near the corners on boards from 13×13 on). No two are the same under a symmetry,
/// unless there are too few.
std::vector<Opening> generate_openings(BoardSize size, int count, std::uint64_t seed);

/// One opening a line, vertices separated by blanks ("D4 F6 G3"). '#' begins a comment, "-" is the
/// empty opening. Openings that are the same under a symmetry are taken once. Errors name the line.
Result<std::vector<Opening>> parse_openings(const std::string& text, BoardSize size,
                                            const Rules& rules);

std::string to_string(const Opening& opening, BoardSize size);

}  // namespace ponnuki::selfplay
