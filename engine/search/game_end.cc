#include "engine/search/game_end.h"

#include <algorithm>
#include <cmath>

#include "engine/score.h"

namespace ponnuki::search {

namespace {

Color owner_of(const AreaMap& pass_alive, Point p) {
  return pass_alive[static_cast<std::size_t>(p.index())];
}

/// True if stones of the other colour are in the pass-alive area of `owner`.
bool holds_dead_stones(const Board& board, const AreaMap& pass_alive, Color owner) {
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (owner_of(pass_alive, p) == owner && board.at(p) == opponent(owner)) return true;
  }
  return false;
}

const ChoiceMove* find(std::span<const ChoiceMove> moves, Point move) {
  const auto found =
      std::find_if(moves.begin(), moves.end(), [&](const ChoiceMove& m) { return m.move == move; });
  return found == moves.end() ? nullptr : &*found;
}

bool pass_loses(const Position& position) {
  Position after = position;
  after.play(Point::pass());
  return score_area(after).winner() != position.to_move();
}

/// The move on the board with the highest selection value that is not considered lost; pass if
/// there is none.
Point best_hopeful_move(const Position& position, std::span<const ChoiceMove> moves) {
  constexpr double kHope = -0.9;  // of win minus loss
  Point best = Point::pass();
  double best_value = -1;
  for (const ChoiceMove& m : moves) {
    if (m.move.is_pass() || m.stats.visits == 0 || m.value <= best_value) continue;
    if (for_player(m.stats.win_loss, position.to_move()) < kHope) continue;
    best_value = m.value;
    best = m.move;
  }
  return best;
}

/// A legal move in the player's own pass-alive area beside an opponent's stone; pass if there is
/// none.
Point cleanup_move(const Position& position, const AreaMap& pass_alive) {
  const Board& board = position.board();
  const Color player = position.to_move();
  for (int cell = 0; cell < position.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, position.size());
    if (board.at(p) != Color::kEmpty || owner_of(pass_alive, p) != player) continue;
    const bool beside =
        std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets), [&](int offset) {
          return board.at(Point::from_index(p.index() + offset)) == opponent(player);
        });
    if (beside && position.is_legal(p)) return p;
  }
  return Point::pass();
}

/// True if `pass` is worth nearly as much as `move`.
bool pass_costs_nothing(const ChoiceMove* pass, const ChoiceMove* move, Color player) {
  constexpr double kUtility = 0.1, kPoints = 0.25;
  if (pass == nullptr || move == nullptr || pass->stats.visits == 0) return false;
  const auto loss = [&](float of_move, float of_pass) {
    return for_player(static_cast<double>(of_move - of_pass), player);
  };
  return loss(move->stats.utility, pass->stats.utility) < kUtility &&
         loss(move->stats.score_mean, pass->stats.score_mean) < kPoints &&
         loss(move->stats.lead, pass->stats.lead) < kPoints;
}

}  // namespace

bool is_useless(const Position& position, Point move, const AreaMap& pass_alive) {
  if (move.is_pass()) return false;
  const Color owner = owner_of(pass_alive, move);
  if (owner == Color::kEmpty) return false;
  return owner != position.to_move() || !holds_dead_stones(position.board(), pass_alive, owner);
}

Point adjust_for_game_end(const Position& position, const GameEndChoice& choice) {
  const Rules& rules = position.rules();
  if (rules.scoring != ScoringRule::kArea || position.has_button() || position.is_over())
    return choice.chosen;
  if (rules.friendly_pass_ok) {
    const bool answers_pass = position.consecutive_passes() == 1;
    const bool friendly =
        answers_pass && pass_costs_nothing(find(choice.moves, Point::pass()),
                                           find(choice.moves, choice.chosen), position.to_move());
    return friendly ? Point::pass() : choice.chosen;
  }
  if (!choice.chosen.is_pass()) return choice.chosen;
  if (position.pass_would_end_game() && pass_loses(position)) {
    const Point other = best_hopeful_move(position, choice.moves);
    if (!other.is_pass()) return other;
  }
  return cleanup_move(position, choice.pass_alive);
}

}  // namespace ponnuki::search
