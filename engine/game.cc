#include "engine/game.h"

#include <utility>

namespace ponnuki {

namespace {

constexpr int kEarlierEvery = 256;  // moves from one position that is kept to the next

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
    count_opening_handicap(move);
  }
  if (position_.move_count() % kEarlierEvery == 0) remember();
}

void Game::remember() {
  earlier_[1] = std::move(earlier_[0]);
  earlier_[0] = std::make_shared<const Earlier>(Earlier{position_, opening_});
}

/// Whether the last two moves are stones of White.
bool Game::white_played_twice_in_a_row() const {
  const auto is_white_stone = [this](int turns) {
    const Move move = position_.move_ago(turns);
    return move.color == Color::kWhite && !move.point.is_pass();
  };
  return position_.move_count() >= 2 && is_white_stone(1) && is_white_stone(2);
}

/// White's first stone fixes the handicap.
void Game::count_opening_handicap(Move move) {
  if (opening_.is_over || move.point.is_pass()) return;
  if (move.color == Color::kWhite) {
    opening_.is_over = true;
    return;
  }
  const int stones = start_.handicap() + ++opening_.black_stones;
  if (stones >= 2 && !has_white_stones(start_.board())) position_.set_handicap(stones);
}

void Game::set_komi(float komi) {
  earlier_ = {};
  start_.set_komi(komi);
  position_.set_komi(komi);
}

void Game::allow_encore() {
  earlier_ = {};
  start_.allow_encore();
  position_.allow_encore();
}

void Game::set_rules(const Rules& rules) {
  const bool encore = start_.allows_encore();
  start_ = Position(start_.board(), start_.to_move(), rules, start_.handicap());
  if (encore) start_.allow_encore();
  earlier_ = {};
  replay(position_.moves().size());
}

bool Game::undo(int count) {
  if (count < 0 || count > position_.move_count()) return false;
  if (count > 0) replay(position_.moves().size() - static_cast<std::size_t>(count));
  return true;
}

/// Plays the first `count` of the moves again, from the last position that is kept. The player to
/// move afterwards follows from these moves.
void Game::replay(std::size_t count) {
  const std::vector<Move> moves = position_.moves();
  const auto is_later = [count](const std::shared_ptr<const Earlier>& kept) {
    return kept != nullptr && kept->position.moves().size() > count;
  };
  if (is_later(earlier_[0])) earlier_[0] = std::exchange(earlier_[1], nullptr);
  if (is_later(earlier_[0])) earlier_[0] = nullptr;
  position_ = earlier_[0] ? earlier_[0]->position : start_;
  opening_ = earlier_[0] ? earlier_[0]->opening : Opening();
  for (std::size_t i = position_.moves().size(); i < count; ++i) play(moves[i]);
}

}  // namespace ponnuki
