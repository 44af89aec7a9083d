// SGF values: texts with their escapes, points, compressed point lists, sizes, numbers and results.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "engine/types.h"

namespace ponnuki::sgf {

/// FF[4] Text: "\x" is x, a backslash before a line break removes it, line breaks become '\n',
/// other white space a blank.
std::string decode_sgf_text(std::string_view raw);
/// SimpleText: the same, with line breaks as blanks.
std::string decode_sgf_simple_text(std::string_view raw);
/// Escapes ']' and '\', the inverse of decode_sgf_text(). Requires valid UTF-8; invalid bytes are
/// copied.
std::string escape_sgf_text(std::string_view text);

/// "dd" (small letters 1-26). "" is a pass, and "tt" on boards of up to 19 lines. Nothing if
/// malformed or off the board.
std::optional<Point> parse_sgf_move(std::string_view raw, BoardSize size);
/// A board point; no passes.
std::optional<Point> parse_sgf_point(std::string_view raw, BoardSize size);
/// "dd"; a pass is "".
std::string to_sgf(Point p);

/// Corners (inclusive) of "aa:cc", or of the single point "aa" twice. Corners may come in any
/// order.
struct SgfRectangle {
  int left, top, right, bottom;
};
std::optional<SgfRectangle> parse_sgf_rectangle(std::string_view raw, BoardSize size);

/// SZ: "19" or "13:9" (columns:rows), kMinLength to kMaxLength.
Result<BoardSize> parse_sgf_size(std::string_view raw);
std::string sgf_size(BoardSize size);

/// A real number with '.' or ','; blanks around it are ignored.
std::optional<double> parse_sgf_number(std::string_view raw);

/// RE: "B+3.5", "W+R", "B+Time", "W+F", "B+", "0" or "Draw", "Void", "?" and common variants of
/// these.
struct SgfResult {
  enum class Kind { kUnknown, kScore, kResign, kTime, kForfeit, kUnspecified, kDraw, kVoid };
  Kind kind = Kind::kUnknown;
  Color winner = Color::kEmpty;  // kEmpty unless somebody won
  double margin = 0;             // for kScore
  friend bool operator==(const SgfResult&, const SgfResult&) = default;
};
SgfResult parse_sgf_result(std::string_view text);
std::string to_string(const SgfResult& result);

}  // namespace ponnuki::sgf
