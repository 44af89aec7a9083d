#include "engine/game.h"

namespace ponnuki {

Game::Game(BoardSize size, const Rules& rules) : start_(size, rules), position_(start_) {}

Game::Game(const Board& setup, Color to_move, const Rules& rules, int handicap)
    : start_(setup, to_move, rules, handicap), position_(start_) {}

void Game::set_komi(float komi) {
  start_.set_komi(komi);
  position_.set_komi(komi);
}

void Game::set_rules(const Rules& rules) {
  start_ = Position(start_.board(), start_.to_move(), rules, start_.handicap());
  replay(position_.moves(), position_.moves().size());
}

bool Game::undo() {
  if (position_.move_count() == 0) return false;
  replay(position_.moves(), position_.moves().size() - 1);
  return true;
}

/// The first `count` of `moves` from the start. The player to move afterwards is the one whose turn
/// it then is.
void Game::replay(std::vector<Move> moves, std::size_t count) {
  position_ = start_;
  for (std::size_t i = 0; i < count; ++i) position_.play(moves[i]);
}

}  // namespace ponnuki
