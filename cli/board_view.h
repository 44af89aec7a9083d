// The board as people see it in a terminal.
//
//      A  B  C  D  E           plain: X Black, O White, (X) the last move, 1 2 3 … the best moves
//   5  .  .  .  .  .  5        in colour: a wooden board with stones
//   4  . (X) 1  O  .  4
//   …
#pragma once

#include <string>
#include <vector>

#include "engine/position.h"

namespace ponnuki {

struct BoardView {
  bool color = false;          // terminal colours and round stones
  std::vector<Point> numbers;  // points to mark 1, 2, … 9
};

/// Lines of text, each ended by a newline.
std::string draw_board(const Position& position, const BoardView& view);

}  // namespace ponnuki
