#include "engine/game.h"

namespace ponnuki {

namespace {

bool has_white_stones(const Board& board) {
  for (int cell = 0; cell < board.size().area(); ++cell) {
    if (board.at(Point::from_cell(cell, board.size())) == Color::kWhite) return true;
  }
  return false;
}

}  // namespace

Game::Game(BoardSize size, const Rules& rules) : start_(size, rules), position_(start_) {}

Game::Game(const Board& setup, Color to_move, const Rules& rules, int handicap)
    : start_(setup, to_move, rules, handicap), position_(start_) {}

void Game::play(Move move) {
  position_.play(move);
  if (white_played_twice_in_a_row()) {
    position_.set_handicap(start_.handicap());
  } else {
    count_opening_handicap();
  }
}

/// Whether the last two moves are stones of White.
bool Game::white_played_twice_in_a_row() const {
  const auto is_white_stone = [this](int turns) {
    const Move move = position_.move_ago(turns);
    return move.color == Color::kWhite && !move.point.is_pass();
  };
  return position_.move_count() >= 2 && is_white_stone(1) && is_white_stone(2);
}

void Game::count_opening_handicap() {
  int stones = start_.handicap();
  for (const Move& move : position_.moves()) {
    if (move.point.is_pass()) continue;
    // White's first move fixes the handicap.
    if (move.color == Color::kWhite) return;
    ++stones;
  }
  if (stones >= 2 && !has_white_stones(start_.board())) position_.set_handicap(stones);
}

void Game::set_komi(float komi) {
  start_.set_komi(komi);
  position_.set_komi(komi);
}

void Game::allow_encore() {
  start_.allow_encore();
  position_.allow_encore();
}

void Game::set_rules(const Rules& rules) {
  const bool encore = start_.allows_encore();
  start_ = Position(start_.board(), start_.to_move(), rules, start_.handicap());
  if (encore) start_.allow_encore();
  replay(position_.moves(), position_.moves().size());
}

bool Game::undo() {
  if (position_.move_count() == 0) return false;
  replay(position_.moves(), position_.moves().size() - 1);
  return true;
}

/// Plays the first `count` of `moves` from the start. The player to move afterwards follows from
/// these moves.
void Game::replay(std::vector<Move> moves, std::size_t count) {
  position_ = start_;
  for (std::size_t i = 0; i < count; ++i) play(moves[i]);
}

}  // namespace ponnuki
