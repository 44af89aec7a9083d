// Openings of matches: a fixed list by seed, or from a file. Each is played twice with colours
// swapped, so that an opening that favours a colour favours nobody.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/result.h"

namespace ponnuki::selfplay {

/// Moves from the empty board, Black first.
using Opening = std::vector<Point>;

/// The first `count` of the list that `seed` gives: 2 to 4 plies on points where games begin (third
/// line or higher; on boards from 13 on near the corners). No two are the same under a symmetry, as
/// long as there are so many.
std::vector<Opening> generate_openings(BoardSize size, int count, std::uint64_t seed);

/// One opening a line, vertices with blanks between ("D4 F6 G3"); '#' begins a comment, "-" is the
/// empty opening. Same openings under symmetry are taken once. Errors name the line.
Result<std::vector<Opening>> parse_openings(const std::string& text, BoardSize size,
                                            const Rules& rules);

std::string to_string(const Opening& opening, BoardSize size);

}  // namespace ponnuki::selfplay
