// SGF values: texts with escapes, points, compressed point lists, sizes, numbers and results.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/result.h"
#include "engine/types.h"

namespace ponnuki::sgf {

/// Decodes FF[4] Text: "\x" is x, a backslash before a line break removes the break, other line
/// breaks become '\n', and other white space becomes a blank.
std::string decode_sgf_text(std::string_view raw);
/// Decodes SimpleText: like Text, but line breaks become blanks.
std::string decode_sgf_simple_text(std::string_view raw);
/// Escapes ']' and '\': the inverse of decode_sgf_text(). Requires valid UTF-8; invalid bytes are
/// copied.
std::string escape_sgf_text(std::string_view text);

/// "KM[6.5]", for messages: without control characters, and at most 40 bytes of the value.
std::string quoted_property(std::string_view name, std::string_view value);

/// Parses a move such as "dd" (small letters 1-26). "", "pass" and "zz" are passes, and so is "tt"
/// on boards of up to 19 lines. Returns nothing if the text is malformed or off the board.
std::optional<Point> parse_sgf_move(std::string_view raw, BoardSize size);
/// True for "resign" and "resigned" as the value of a move, in any case.
bool is_sgf_resignation(std::string_view raw);
/// Parses a point of the board; no passes.
std::optional<Point> parse_sgf_point(std::string_view raw, BoardSize size);
/// "dd"; "" for a pass.
std::string to_sgf(Point p);

/// The corners (inclusive) of "aa:cc", or the single point "aa" twice. The corners may be in any
/// order.
struct SgfRectangle {
  int left, top, right, bottom;
};
std::optional<SgfRectangle> parse_sgf_rectangle(std::string_view raw, BoardSize size);

/// Parses SZ: "19" or "13:9" (columns:rows), kMinLength to kMaxLength. Also "13x9", which is not of
/// the standard.
Result<BoardSize> parse_sgf_size(std::string_view raw);
std::string sgf_size(BoardSize size);

/// Parses a real number with '.' or ','. Ignores blanks around it.
std::optional<double> parse_sgf_number(std::string_view raw);

/// Parses RE: "B+3.5", "W+R", "B+Time", "W+F", "B+", "0" or "Draw", "Void", "?" and common
/// variants.
struct SgfResult {
  enum class Kind { kUnknown, kScore, kResign, kTime, kForfeit, kUnspecified, kDraw, kVoid };
  Kind kind = Kind::kUnknown;
  Color winner = Color::kEmpty;  // kEmpty if there is no winner
  double margin = 0;             // for kScore
  friend bool operator==(const SgfResult&, const SgfResult&) = default;
};
SgfResult parse_sgf_result(std::string_view text);
std::string to_string(const SgfResult& result);

}  // namespace ponnuki::sgf
