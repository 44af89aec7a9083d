// Draws a board as text, for the terminal and for GTP's showboard.
//
//      A B C D E         plain: X Black, O White, + star points, (X) the last move, 1 2 3 … marks
//    3 . . 1 . . 3       in colour: a wooden board with stones
//    2 . X .(O). 2
//    1 . . . . . 1
//      A B C D E
#pragma once

#include <string>
#include <vector>

#include "engine/position.h"
#include "engine/types.h"

namespace ponnuki {

struct BoardView {
  bool color = false;          // terminal colours and round stones
  std::vector<Point> numbers;  // points to mark 1, 2, … 9
};

/// Several lines of text, each ending with a newline.
std::string draw_board(const Position& position, const BoardView& view);

}  // namespace ponnuki
