#include "cli/board_view.h"

#include <algorithm>
#include <cstdio>

namespace ponnuki {
namespace {

constexpr const char* kWood = "\x1b[48;5;179m";
constexpr const char* kBlackInk = "\x1b[38;5;16m";
constexpr const char* kWhiteInk = "\x1b[38;5;231m";
constexpr const char* kLineInk = "\x1b[38;5;94m";
constexpr const char* kRedInk = "\x1b[1;38;5;124m";
constexpr const char* kReset = "\x1b[0m";

/// The handicap points, for the eye.
bool is_star(int x, int y, BoardSize size) {
  const auto on_line = [](int at, int length) {
    const int edge = length >= 13 ? 3 : 2;
    const bool middle = length % 2 == 1 && at == length / 2;
    return length >= 7 && (at == edge || at == length - 1 - edge || middle);
  };
  return on_line(x, size.width) && on_line(y, size.height);
}

std::string letters(BoardSize size) {
  std::string line = "   ";
  for (int x = 0; x < size.width; ++x) {
    line += ' ';
    line += static_cast<char>('A' + x + (x >= 8));  // there is no column I
  }
  return line + "\n";
}

class Painter {
 public:
  Painter(const Position& position, const BoardView& view) : position_(position), view_(view) {
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
  /// What stands between two neighbours: the last move wears brackets.
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
    const char* const empty = is_star(p.x(), p.y(), position_.size()) ? "+" : ".";
    return view_.color ? std::string(kLineInk) + empty : empty;
  }

  const Position& position_;
  const BoardView& view_;
  Point last_;
};

}  // namespace

std::string draw_board(const Position& position, const BoardView& view) {
  const BoardSize size = position.size();
  const Painter painter(position, view);
  std::string text = letters(size);
  for (int y = 0; y < size.height; ++y) {
    char left[8];
    char right[8];
    std::snprintf(left, sizeof left, "%3d", size.height - y);
    std::snprintf(right, sizeof right, "%d\n", size.height - y);
    text += left + painter.row(y) + right;
  }
  return text + letters(size);
}

}  // namespace ponnuki
