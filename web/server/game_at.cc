#include "web/server/game_at.h"

#include <algorithm>

namespace ponnuki::web {

Game game_at(const review::GameTree& tree, int node) {
  std::vector<Move> moves;
  int start = node;
  for (; start > 0 && tree.node(start).move && tree.node(start).continues;
       start = tree.node(start).parent)
    moves.push_back(*tree.node(start).move);
  // The move of a node behind a setup leads to a position that begins with the setup.
  const Position position = tree.position(start);
  Game game(position.board(), position.to_move(), position.rules(), position.handicap());
  for (auto move = moves.rbegin(); move != moves.rend(); ++move) game.play(*move);
  return game;
}

std::vector<int> line_through(const review::GameTree& tree, int node) {
  std::vector<int> line;
  for (int n = node; n >= 0; n = tree.node(n).parent) line.push_back(n);
  std::ranges::reverse(line);
  // The first child of a node follows it: nodes are in the order of the record.
  const auto count = static_cast<int>(tree.nodes().size());
  for (int n = node; n + 1 < count && tree.node(n + 1).parent == n; line.push_back(n)) ++n;
  return line;
}

}  // namespace ponnuki::web
