// Setup stones (AB, AW, AE, PL) of a record's nodes, and how a game opens.
#pragma once

#include <optional>

#include "engine/board.h"
#include "engine/result.h"
#include "engine/sgf/tree.h"
#include "engine/types.h"

namespace ponnuki::sgf {

/// True if the node sets or removes stones.
bool has_setup_stones(const SgfTree& tree, SgfNodeId node);

/// `before` with the setup stones of the node, and with its prisoners. The error names the value
/// that is not on the board, or says that a chain has no liberty.
Result<Board> board_after_setup(const SgfTree& tree, SgfNodeId node, const Board& before);

/// PL of the node; nothing if it is absent or empty. The error quotes a value that is no colour.
Result<std::optional<Color>> player_in_setup(const SgfTree& tree, SgfNodeId node);

/// The beginning of the main line: what tells who moves first, and which stones are handicap.
struct Opening {
  int black_stones = 0;         // set up before the first move
  int white_stones = 0;         // set up before the first move
  int black_plays = 0;          // Black's stones before White's first one; passes do not count
  std::optional<Color> player;  // by the last PL before the first move, else by the first move
};
Opening read_opening(const SgfTree& tree, SgfNodeId root, BoardSize size);

}  // namespace ponnuki::sgf
