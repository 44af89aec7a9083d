#include "engine/board_view.h"

#include <algorithm>

#include "engine/coord.h"
#include "engine/star_points.h"

namespace ponnuki {
namespace {

constexpr const char* kWood = "\x1b[48;5;179m";
constexpr const char* kBlackInk = "\x1b[38;5;16m";
constexpr const char* kWhiteInk = "\x1b[38;5;231m";
constexpr const char* kLineInk = "\x1b[38;5;94m";
constexpr const char* kRedInk = "\x1b[1;38;5;124m";
constexpr const char* kReset = "\x1b[0m";

std::string column_letters(BoardSize size) {
  std::string line = "   ";
  for (int x = 0; x < size.width; ++x) {
    line += ' ';
    line += to_gtp(Point::at(x, 0), size)[0];
  }
  return line + "\n";
}

class Painter {
 public:
  Painter(const Position& position, const BoardView& view)
      : position_(position), view_(view), stars_(star_points(position.size())) {
    if (position.move_count() > 0) last_ = position.move_ago(1).point;
  }

  std::string row(int y) const {
    const BoardSize size = position_.size();
    std::string line = view_.color ? kWood : "";
    for (int x = 0; x <= size.width; ++x) {
      line += gap(x > 0 ? Point::at(x - 1, y) : Point::none(),
                  x < size.width ? Point::at(x, y) : Point::none());
      if (x < size.width) line += cell(Point::at(x, y));
    }
    return line + (view_.color ? kReset : "");
  }

 private:
  /// The character between two neighbours: a bracket beside the last move, else a blank.
  std::string gap(Point left, Point right) const {
    const bool opens = !right.is_none() && right == last_;
    const bool closes = !left.is_none() && left == last_;
    const char* const mark = opens ? "(" : closes ? ")" : " ";
    return view_.color ? std::string(kRedInk) + mark : mark;
  }

  std::string cell(Point p) const {
    const Color stone = position_.board().at(p);
    if (stone == Color::kBlack) return view_.color ? std::string(kBlackInk) + "●" : "X";
    if (stone == Color::kWhite) return view_.color ? std::string(kWhiteInk) + "●" : "O";
    const auto number = std::ranges::find(view_.numbers, p) - view_.numbers.begin();
    if (number < std::min<std::ptrdiff_t>(9, std::ssize(view_.numbers))) {
      return (view_.color ? kRedInk : "") + std::to_string(number + 1);
    }
    const char* const empty = std::ranges::count(stars_, p) > 0 ? "+" : ".";
    return view_.color ? std::string(kLineInk) + empty : empty;
  }

  const Position& position_;
  const BoardView& view_;
  const std::vector<Point> stars_;
  Point last_;
};

}  // namespace

std::string draw_board(const Position& position, const BoardView& view) {
  const BoardSize size = position.size();
  const Painter painter(position, view);
  std::string text = column_letters(size);
  for (int y = 0; y < size.height; ++y) {
    const std::string number = std::to_string(size.height - y);
    text.append(3 - number.size(), ' ').append(number).append(painter.row(y));
    text.append(number).push_back('\n');
  }
  return text + column_letters(size);
}

}  // namespace ponnuki
