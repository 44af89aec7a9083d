// Vertices, colours and board sizes as text: GTP ("D4", no column I, row 1 at the bottom) and SGF
// ("dd").
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/types.h"

namespace ponnuki {

/// "D4" or "pass", in upper case. Points must be on the board.
std::string to_gtp(Point p, BoardSize size);
/// Ignores case; accepts "pass". Nothing if the text is not a vertex or is off the board.
std::optional<Point> parse_gtp_vertex(std::string_view text, BoardSize size);
/// Accepts "b", "w", "black" and "white" in any case.
std::optional<Color> parse_color(std::string_view text);
const char* to_string(Color color);     // "black", "white", "empty"
std::string size_text(BoardSize size);  // "19x19"

}  // namespace ponnuki
