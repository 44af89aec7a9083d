// Words and numbers in reports. Scores name a colour ("B+3.5"), so that their perspective is clear.
#pragma once

#include <string>
#include <vector>

#include "engine/format.h"
#include "engine/types.h"
#include "review/assessment.h"

namespace ponnuki::review {

/// Black's lead in points as "B+3.5", "W+0.2" or "even".
std::string score_text(double black_lead);
/// "no result" where there is none.
std::string score_text(const Assessment& assessment);
/// "B D4", "W pass".
std::string move_text(Move move, BoardSize size);
/// "D4", "Q16", "pass".
std::vector<std::string> vertices(const std::vector<Point>& line, BoardSize size);
/// "D4 Q16 pass".
std::string line_text(const std::vector<Point>& line, BoardSize size);
const char* name_of(Color player);    // "Black", "White"
const char* letter_of(Color player);  // "B", "W"

}  // namespace ponnuki::review
