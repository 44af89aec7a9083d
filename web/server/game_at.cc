#include "web/server/game_at.h"

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

}  // namespace ponnuki::web
