// The end of a game on a given board.
#pragma once

#include "engine/position.h"

namespace ponnuki::test {

/// The board after two passes, with komi 0. `first` passes first, and would move next.
inline Position finished_position(const Board& board, const char* rules, Color first) {
  Rules parsed = *parse_rules(rules, Rules{});
  parsed.komi = 0;
  Position position(board, first, parsed);
  position.play(Point::pass());
  position.play(Point::pass());
  return position;
}

}  // namespace ponnuki::test
