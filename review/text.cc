#include "review/text.h"

#include <cmath>
#include <cstdarg>
#include <cstdio>

#include "engine/coord.h"

namespace ponnuki {

std::string print(const char* format, ...) {
  char text[256];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

std::string score_text(double black_lead) {
  if (std::abs(black_lead) < 0.05) return "even";
  return print("%c+%.1f", black_lead > 0 ? 'B' : 'W', std::abs(black_lead));
}

std::string move_text(Move move, BoardSize size) {
  return std::string(letter_of(move.color)) + " " + to_gtp(move.point, size);
}

std::string line_text(const std::vector<Point>& line, BoardSize size) {
  std::string text;
  for (const Point p : line) text += (text.empty() ? "" : " ") + to_gtp(p, size);
  return text;
}

const char* name_of(Color player) { return player == Color::kBlack ? "Black" : "White"; }
const char* letter_of(Color player) { return player == Color::kBlack ? "B" : "W"; }

}  // namespace ponnuki
