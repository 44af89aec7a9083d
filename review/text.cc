#include "review/text.h"

#include <cmath>

#include "engine/coord.h"

namespace ponnuki::review {

std::string score_text(double black_lead) {
  if (std::abs(black_lead) < 0.05) return "even";
  return format("%c+%.1f", black_lead > 0 ? 'B' : 'W', std::abs(black_lead));
}

std::string score_text(const Assessment& assessment) {
  return assessment.no_result ? "no result" : score_text(assessment.lead);
}

std::string move_text(Move move, BoardSize size) {
  return std::string(letter_of(move.color)) + " " + to_gtp(move.point, size);
}

std::vector<std::string> vertices(const std::vector<Point>& line, BoardSize size) {
  std::vector<std::string> texts;
  texts.reserve(line.size());
  for (const Point p : line) texts.push_back(to_gtp(p, size));
  return texts;
}

std::string line_text(const std::vector<Point>& line, BoardSize size) {
  std::string text;
  for (const std::string& vertex : vertices(line, size)) text += (text.empty() ? "" : " ") + vertex;
  return text;
}

const char* name_of(Color player) { return player == Color::kBlack ? "Black" : "White"; }
const char* letter_of(Color player) { return player == Color::kBlack ? "B" : "W"; }

}  // namespace ponnuki::review
