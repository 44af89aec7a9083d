// Boards as text.
#include <string>
#include <vector>

#include "engine/board.h"
#include "engine/format.h"

namespace ponnuki {

namespace {

struct Diagram {
  BoardSize size{0, 0};
  std::vector<Move> stones;
};

/// The colour that a letter stands for, or kWall if it stands for none.
Color color_of(char letter) {
  switch (letter) {
    case '.':
    case '+':
    case ',':
      return Color::kEmpty;
    case 'X':
    case 'x':
    case '#':
      return Color::kBlack;
    case 'O':
    case 'o':
      return Color::kWhite;
    default:
      return Color::kWall;
  }
}

Result<Diagram> read_diagram(std::string_view text) {
  Diagram diagram;
  int x = 0;
  int y = 0;
  int width = -1;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char letter = i < text.size() ? text[i] : '\n';
    if (letter == '\n') {
      if (x == 0) continue;
      if (width >= 0 && x != width) return Error{"a board diagram has rows of different lengths"};
      width = x;
      x = 0;
      ++y;
    } else if (letter != ' ' && letter != '\t' && letter != '\r') {
      const Color c = color_of(letter);
      if (c == Color::kWall)
        return Error{format("a board diagram has the letter '%c'; use . X O", letter)};
      if (x >= kMaxLength || y >= kMaxLength) return Error{"a board diagram is larger than 25x25"};
      if (c != Color::kEmpty) diagram.stones.push_back({c, Point::at(x, y)});
      ++x;
    }
  }
  if (width < 0) return Error{"a board diagram is empty"};
  diagram.size = {static_cast<std::uint8_t>(width), static_cast<std::uint8_t>(y)};
  return diagram;
}

}  // namespace

Result<Board> Board::parse(std::string_view diagram) {
  PONNUKI_TRY(const Diagram read, read_diagram(diagram));
  Board board(read.size);
  PONNUKI_TRY(board.place(read.stones));
  return board;
}

std::string Board::to_diagram() const {
  std::string text;
  for (int y = 0; y < size_.height; ++y) {
    for (int x = 0; x < size_.width; ++x) {
      text += ".XO"[static_cast<std::size_t>(at(Point::at(x, y)))];
    }
    text += '\n';
  }
  return text;
}

}  // namespace ponnuki
