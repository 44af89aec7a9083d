// Words and numbers of reports. Scores name a colour ("B+3.5"), so that it is clear whose they are.
#pragma once

#include <string>
#include <vector>

#include "engine/format.h"
#include "engine/types.h"

namespace ponnuki::review {

/// "B+3.5", "W+0.2", "even", of Black's lead in points.
std::string score_text(double black_lead);
/// "B D4", "W pass".
std::string move_text(Move move, BoardSize size);
/// "D4", "Q16", "pass".
std::vector<std::string> vertices(const std::vector<Point>& line, BoardSize size);
/// "D4 Q16 pass".
std::string line_text(const std::vector<Point>& line, BoardSize size);
const char* name_of(Color player);    // "Black", "White"
const char* letter_of(Color player);  // "B", "W"

}  // namespace ponnuki::review
