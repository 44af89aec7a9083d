#include "engine/sgf/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

bool is_line_break(char c) { return c == '\n' || c == '\r'; }

/// The length of the line break at `at`. CR LF and LF CR count as one.
std::size_t line_break_length(std::string_view raw, std::size_t at) {
  return at + 1 < raw.size() && is_line_break(raw[at + 1]) && raw[at + 1] != raw[at] ? 2 : 1;
}

std::string decode(std::string_view raw, char line_break) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    const bool escaped = raw[i] == '\\';
    if (escaped && ++i == raw.size()) break;
    if (is_line_break(raw[i])) {
      i += line_break_length(raw, i) - 1;
      if (!escaped) out += line_break;
    } else {
      const bool blank = raw[i] == '\t' || raw[i] == '\v' || raw[i] == '\f';
      out += blank ? ' ' : raw[i];
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::optional<int> parse_length(std::string_view text) {
  int value = 0;
  text = trimmed(text);
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "zz" is on no board.
bool is_pass_word(std::string_view text) {
  static_assert(kMaxLength < 26);
  if (text.size() != 2 && text.size() != 4) return false;
  const std::string word = to_lower(text);
  return word == "zz" || word == "pass";
}

}  // namespace

std::string decode_sgf_text(std::string_view raw) { return decode(raw, '\n'); }
std::string decode_sgf_simple_text(std::string_view raw) { return decode(raw, ' '); }

std::string escape_sgf_text(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (const char c : text) {
    if (c == ']' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string quoted_property(std::string_view name, std::string_view value) {
  constexpr std::size_t kMost = 40;
  std::string text = without_controls(value);
  // Nor the control characters U+0080 to U+009F, which terminals obey too.
  for (auto at = text.find('\xC2'); at != std::string::npos; at = text.find('\xC2', at)) {
    const bool control = at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (control)
      text.erase(at, 2);
    else
      ++at;
  }
  if (text.size() > kMost) {
    std::size_t end = kMost;
    while (end > 0 && (text[end] & 0xC0) == 0x80) --end;  // not inside a character
    text = text.substr(0, end) + "...";
  }
  return std::string(name) + "[" + text + "]";
}

std::optional<Point> parse_sgf_point(std::string_view raw, BoardSize size) {
  const std::string_view text = trimmed(raw);
  if (text.size() != 2) return std::nullopt;
  const int x = text[0] - 'a';
  const int y = text[1] - 'a';
  if (x < 0 || y < 0 || x >= size.width || y >= size.height) return std::nullopt;
  return Point::at(x, y);
}

std::optional<Point> parse_sgf_move(std::string_view raw, BoardSize size) {
  const std::string_view text = trimmed(raw);
  const bool old_pass = text == "tt" && size.width <= 19 && size.height <= 19;
  if (text.empty() || old_pass || is_pass_word(text)) return Point::pass();
  return parse_sgf_point(text, size);
}

bool is_sgf_resignation(std::string_view raw) {
  constexpr std::size_t kShortest = 6;
  if (raw.size() < kShortest) return false;
  const std::string word = to_lower(trimmed(raw));
  return word == "resign" || word == "resigns" || word == "resigned";
}

std::string to_sgf(Point p) {
  if (p.is_pass()) return "";
  return {static_cast<char>('a' + p.x()), static_cast<char>('a' + p.y())};
}

std::optional<SgfRectangle> parse_sgf_rectangle(std::string_view raw, BoardSize size) {
  const std::size_t colon = raw.find(':');
  const auto a = parse_sgf_point(raw.substr(0, colon), size);
  const auto b = colon == std::string_view::npos ? a : parse_sgf_point(raw.substr(colon + 1), size);
  if (!a || !b) return std::nullopt;
  return SgfRectangle{std::min(a->x(), b->x()), std::min(a->y(), b->y()), std::max(a->x(), b->x()),
                      std::max(a->y(), b->y())};
}

Result<BoardSize> parse_sgf_size(std::string_view raw) {
  std::string_view between = ":";
  for (const std::string_view sign : {"x", "X", "*", "×"}) {
    if (raw.find(sign) != std::string_view::npos) between = sign;
  }
  const std::size_t at = raw.find(between);
  const auto width = parse_length(raw.substr(0, at));
  const auto height =
      at == std::string_view::npos ? width : parse_length(raw.substr(at + between.size()));
  const auto fits = [](std::optional<int> n) { return n && *n >= kMinLength && *n <= kMaxLength; };
  if (!fits(width) || !fits(height)) {
    return Error{"board size " + quoted_property("SZ", raw) + ": sides must be " +
                 std::to_string(kMinLength) + " to " + std::to_string(kMaxLength)};
  }
  return BoardSize{static_cast<std::uint8_t>(*width), static_cast<std::uint8_t>(*height)};
}

std::string sgf_size(BoardSize size) {
  const std::string width = std::to_string(size.width);
  return size.width == size.height ? width : width + ":" + std::to_string(size.height);
}

std::optional<double> parse_sgf_number(std::string_view raw) {
  std::string text(trimmed(raw).substr(0, 64));
  std::replace(text.begin(), text.end(), ',', '.');
  const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
  const char* end = text.data() + text.size();
  double value = 0;
  const auto [stop, problem] = std::from_chars(begin, end, value, std::chars_format::fixed);
  if (problem != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

SgfResult parse_sgf_result(std::string_view text) {
  using Kind = SgfResult::Kind;
  const std::string result = to_lower(trimmed(text));
  if (result == "0" || result == "draw" || result == "jigo") return {Kind::kDraw, {}, 0};
  if (result == "void") return {Kind::kVoid, {}, 0};
  const bool black = result.starts_with("b+");
  if (!black && !result.starts_with("w+")) return {};
  const Color winner = black ? Color::kBlack : Color::kWhite;
  const std::string how = result.substr(2);
  if (how.empty()) return {Kind::kUnspecified, winner, 0};
  if (how == "r" || how.starts_with("res")) return {Kind::kResign, winner, 0};
  if (how == "t" || how.starts_with("time")) return {Kind::kTime, winner, 0};
  if (how == "f" || how.starts_with("forf")) return {Kind::kForfeit, winner, 0};
  // "3.5", also with a unit: "3.5 moku", "2zi".
  const std::string_view number =
      std::string_view(how).substr(0, how.find_first_not_of("0123456789.,"));
  if (const auto margin = parse_sgf_number(number)) return {Kind::kScore, winner, *margin};
  return {Kind::kUnspecified, winner, 0};
}

std::string to_string(const SgfResult& result) {
  using Kind = SgfResult::Kind;
  std::string side = result.winner == Color::kBlack ? "B+" : "W+";
  switch (result.kind) {
    case Kind::kScore:
      return side + short_number(result.margin);
    case Kind::kResign:
      return side + "R";
    case Kind::kTime:
      return side + "T";
    case Kind::kForfeit:
      return side + "F";
    case Kind::kUnspecified:
      return side;
    case Kind::kDraw:
      return "0";
    case Kind::kVoid:
      return "Void";
    case Kind::kUnknown:
      break;
  }
  return "?";
}

}  // namespace ponnuki::sgf
