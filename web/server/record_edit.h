// Changes of a record that is looked at: comments, the order of variations, stones set up. Table
// applies them (Table::edit()).
#pragma once

#include <functional>
#include <string>

#include "engine/result.h"
#include "review/game_tree.h"

namespace ponnuki::web {

struct RecordEdit {
  /// `sgf` is a copy of the tree's record. Returns an error, which the page shows, if the record
  /// cannot be changed in this way.
  std::function<Status(const review::GameTree& tree, sgf::SgfTree& sgf)> apply;
  bool while_playing = false;  // allowed during a game as well
};

/// "" removes the comment.
RecordEdit set_comment(int node, const std::string& text);
/// Removes a node and what follows it.
RecordEdit remove_moves(int node);
/// The line through the node becomes the main line.
RecordEdit make_main_line(int node);

// Only before the first move:
/// Puts a stone on a point, or takes it away (kEmpty).
RecordEdit set_stone(Point point, Color stone);
RecordEdit set_player_to_move(Color player);

/// The same position as the start of a record of its own. Copies the players' names.
sgf::SgfTree record_from(const review::GameTree& tree, int node);

}  // namespace ponnuki::web
