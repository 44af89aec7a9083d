#include "engine/coord.h"

#include <cctype>

#include "engine/text.h"

namespace ponnuki {

namespace {

constexpr std::string_view kColumns = "ABCDEFGHJKLMNOPQRSTUVWXYZ";  // no I

}  // namespace

std::string to_gtp(Point p, BoardSize size) {
  if (p.is_pass()) return "pass";
  if (p.is_none()) return "none";
  return kColumns[static_cast<std::size_t>(p.x())] + std::to_string(size.height - p.y());
}

std::optional<Point> parse_gtp_vertex(std::string_view text, BoardSize size) {
  if (to_lower(text) == "pass") return Point::pass();
  if (text.size() < 2 || text.size() > 3) return std::nullopt;
  const auto letter = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  const std::size_t column = kColumns.find(letter);
  if (column == std::string_view::npos || column >= size.width) return std::nullopt;
  int row = 0;
  for (const char digit : text.substr(1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    row = row * 10 + (digit - '0');
  }
  if (row < 1 || row > size.height) return std::nullopt;
  return Point::at(static_cast<int>(column), size.height - row);
}

std::optional<Color> parse_color(std::string_view text) {
  const std::string name = to_lower(text);
  if (name == "b" || name == "black") return Color::kBlack;
  if (name == "w" || name == "white") return Color::kWhite;
  return std::nullopt;
}

const char* to_string(Color color) {
  switch (color) {
    case Color::kBlack:
      return "black";
    case Color::kWhite:
      return "white";
    default:
      return "empty";
  }
}

std::string size_text(BoardSize size) {
  return std::to_string(size.width) + "x" + std::to_string(size.height);
}

}  // namespace ponnuki
