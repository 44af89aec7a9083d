#include "selfplay/match/match_openings.h"

#include <algorithm>
#include <set>
#include <sstream>

#include "engine/coord.h"
#include "engine/random.h"
#include "engine/symmetry.h"

namespace ponnuki::selfplay {
namespace {

constexpr int kMinPlies = 2;
constexpr int kMaxPlies = 4;
constexpr int kTriesPerOpening = 50;  // after so many, repetitions are accepted

/// The smallest of the opening's images under symmetries, which is the same for all images.
std::vector<int> canonical(const Opening& opening, BoardSize size) {
  std::vector<int> best;
  for (int s = 0; s < Symmetry::count(size); ++s) {
    std::vector<int> image;
    for (const Point p : opening) image.push_back(Symmetry(s).apply(p, size).cell(size));
    if (best.empty() || image < best) best = image;
  }
  return best;
}

/// The distance from the nearer edge, counted from 0.
int line(int x, int length) { return std::min(x, length - 1 - x); }

bool is_opening_point(Point p, BoardSize size) {
  const int column = line(p.x(), size.width), row = line(p.y(), size.height);
  const int side = std::min(size.width, size.height);
  const int lowest = side >= 9 ? 2 : side >= 5 ? 1 : 0;
  if (column < lowest || row < lowest) return false;
  const bool large = side >= 13;
  return !large || (column <= 4 && row <= 4 && column + row <= 7);
}

Opening random_opening(BoardSize size, Random& random) {
  std::vector<Point> points;
  for (int cell = 0; cell < size.area(); ++cell) {
    const Point p = Point::from_cell(cell, size);
    if (is_opening_point(p, size)) points.push_back(p);
  }
  Opening opening;
  Position position(size);
  const auto plies = kMinPlies + random.below(kMaxPlies - kMinPlies + 1);
  for (int tries = 0; opening.size() < plies && tries < 100; ++tries) {
    const Point p = points[random.below(static_cast<std::uint32_t>(points.size()))];
    if (position.is_over() || !position.is_legal(p)) continue;
    position.play(p);
    opening.push_back(p);
  }
  return opening;
}

Result<Opening> parse_line(const std::string& text, BoardSize size, const Rules& rules) {
  Opening opening;
  Position position(size, rules);
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (word == "-") continue;
    const auto point = parse_gtp_vertex(word, size);
    if (!point) return Error{"'" + word.substr(0, 20) + "' is not a vertex of this board"};
    if (!position.is_legal(*point)) return Error{"illegal move " + word};
    position.play(*point);
    opening.push_back(*point);
  }
  return opening;
}

}  // namespace

std::vector<Opening> generate_openings(BoardSize size, int count, std::uint64_t seed) {
  Random random(seed);
  std::vector<Opening> openings;
  std::set<std::vector<int>> known;
  while (static_cast<int>(openings.size()) < count) {
    Opening opening;
    for (int tries = 0; tries < kTriesPerOpening; ++tries) {
      opening = random_opening(size, random);
      if (known.insert(canonical(opening, size)).second) break;
    }
    openings.push_back(std::move(opening));
  }
  return openings;
}

Result<std::vector<Opening>> parse_openings(const std::string& text, BoardSize size,
                                            const Rules& rules) {
  std::vector<Opening> openings;
  std::set<std::vector<int>> known;
  std::istringstream lines(text);
  int number = 0;
  for (std::string row; std::getline(lines, row);) {
    ++number;
    row.erase(std::min(row.find('#'), row.size()));
    if (row.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto opening = parse_line(row, size, rules);
    if (!opening) return opening.error().in("line " + std::to_string(number));
    if (known.insert(canonical(*opening, size)).second) openings.push_back(std::move(*opening));
  }
  if (openings.empty()) return Error{"no opening in it"};
  return openings;
}

std::string to_string(const Opening& opening, BoardSize size) {
  std::string text;
  for (const Point p : opening) text += (text.empty() ? "" : " ") + to_gtp(p, size);
  return text;
}

}  // namespace ponnuki::selfplay
