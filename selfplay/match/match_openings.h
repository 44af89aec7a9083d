// Openings of matches: a list generated from a seed, or read from a file. Each opening is played
// twice with colours swapped, so that an advantage of one colour does not favour either player.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

/// Moves from the empty board, Black first.
using Opening = std::vector<Point>;

/// The first `count` openings in the list of this seed: 2 to 4 plies on points where games begin
/// (third line or higher; near the corners on boards from 13×13 on). No two openings are equal
/// under a symmetry, unless there are too few.
std::vector<Opening> generate_openings(BoardSize size, int count, std::uint64_t seed);

/// Reads one opening from each line, as vertices separated by blanks ("D4 F6 G3"). '#' begins a
/// comment; "-" is the empty opening. Openings that are equal under a symmetry are used once.
/// Errors name the line.
Result<std::vector<Opening>> parse_openings(const std::string& text, BoardSize size,
                                            const Rules& rules);

std::string to_string(const Opening& opening, BoardSize size);

}  // namespace ponnuki::selfplay
