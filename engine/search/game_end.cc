#include "engine/search/game_end.h"

#include <algorithm>
#include <cmath>

#include "engine/score.h"

namespace ponnuki::search {

namespace {

/// True if stones of the other colour are in the pass-alive area of `owner`.
bool holds_dead_stones(const Board& board, const AreaMap& pass_alive, Color owner) {
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (owner_at(pass_alive, p) == owner && board.at(p) == opponent(owner)) return true;
  }
  return false;
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

bool is_open(const Position& position, const GameEndChoice& choice) {
  return choice.pass ? choice.pass->get().open : pass_outlook(position, choice.evaluator).open;
}

/// The move on the board with the highest selection value or, without visits, prior.
Point best_on_board(const GameEndChoice& choice) {
  Point best = choice.likeliest;
  double most = 0;
  for (const ChoiceMove& m : choice.moves) {
    if (m.move.is_pass() || m.stats.visits == 0 || m.value <= most) continue;
    best = m.move;
    most = m.value;
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
    if (board.at(p) != Color::kEmpty || owner_at(pass_alive, p) != player) continue;
    const bool beside =
        std::any_of(std::begin(kNeighborOffsets), std::end(kNeighborOffsets), [&](int offset) {
          return board.at(Point::from_index(p.index() + offset)) == opponent(player);
        });
    if (beside && position.is_legal(p)) return p;
  }
  return Point::pass();
}

/// Looks for moves that are worth more than a pass.
class Idleness {
 public:
  /// Requires choice.pass.
  explicit Idleness(const Position& position, const GameEndChoice& choice)
      : position_(position), choice_(choice), outlook_(choice.pass->get()) {}

  /// The first of the chosen move and the most valued others that is not idle; else a pass. A
  /// chosen pass stands unless it ends the game and the search, too, sees points in another move.
  Point better_than_pass() const {
    const Point chosen = choice_.chosen;
    if (chosen.is_pass()) {
      if (!position_.pass_would_end_game()) return chosen;
      return first_not_idle([this](const ChoiceMove& m) { return leads_more_than_pass(m); });
    }
    if ((!outlook_.settled && !is_own(chosen)) || !is_idle(chosen)) return chosen;
    return first_not_idle([](const ChoiceMove&) { return true; });
  }

 private:
  static constexpr std::size_t kMostTries = 6;
  static constexpr double kGain = 0.4;  // points

  /// Among the most valued moves for which worth_a_try() holds; a pass if there is none.
  template <typename Worth>
  Point first_not_idle(Worth worth_a_try) const {
    std::vector<ChoiceMove> moves(choice_.moves.begin(), choice_.moves.end());
    std::stable_sort(moves.begin(), moves.end(),
                     [](const auto& a, const auto& b) { return a.value > b.value; });
    std::erase_if(moves, [&](const ChoiceMove& m) {
      return m.move.is_pass() || m.move == choice_.chosen || !worth_a_try(m);
    });
    moves.resize(std::min(moves.size(), kMostTries));
    for (const ChoiceMove& m : moves) {
      if (!is_idle(m.move)) return m.move;
    }
    return Point::pass();
  }

  bool leads_more_than_pass(const ChoiceMove& move) const {
    const auto pass = std::find_if(choice_.moves.begin(), choice_.moves.end(),
                                   [](const ChoiceMove& m) { return m.move.is_pass(); });
    if (pass == choice_.moves.end() || pass->stats.visits == 0 || move.stats.visits == 0)
      return false;
    const double more = move.stats.lead - pass->stats.lead;
    return for_player(more, position_.to_move()) > 0;
  }

  bool is_own(Point move) const { return owner_at(outlook_.owner, move) == position_.to_move(); }

  bool is_idle(Point move) const {
    if (!is_own(move) && !position_.pass_would_end_game()) return false;
    const double gain = score_after(position_, move, choice_.evaluator) - outlook_.white_score;
    return for_player(gain, position_.to_move()) < kGain;
  }

  const Position& position_;
  const GameEndChoice& choice_;
  const PassOutlook& outlook_;
};

/// False if a move is worth more than a pass at first sight: it is not in own territory, and a pass
/// would not end the game.
bool may_be_idle(const Position& position, const GameEndChoice& choice) {
  return choice.chosen.is_pass() || position.pass_would_end_game() ||
         choice.pass->may_be_own(choice.chosen);
}

}  // namespace

bool is_useless(const Position& position, Point move, const AreaMap& pass_alive) {
  if (move.is_pass()) return false;
  const Color owner = owner_at(pass_alive, move);
  if (owner == Color::kEmpty) return false;
  return owner != position.to_move() || !holds_dead_stones(position.board(), pass_alive, owner);
}

Point adjust_for_game_end(const Position& position, const GameEndChoice& choice) {
  const Rules& rules = position.rules();
  if (position.is_over() || position.encore() != nullptr) return choice.chosen;
  if (choice.chosen.is_pass() && is_open(position, choice)) return best_on_board(choice);
  if (rules.leaves_dead_stones()) {
    if (!choice.pass || !may_be_idle(position, choice) || choice.pass->get().open)
      return choice.chosen;
    return Idleness(position, choice).better_than_pass();
  }
  if (position.has_button()) return choice.chosen;
  if (!choice.chosen.is_pass()) return choice.chosen;
  if (position.pass_would_end_game() && pass_loses(position)) {
    const Point other = best_hopeful_move(position, choice.moves);
    if (!other.is_pass()) return other;
  }
  return cleanup_move(position, choice.pass_alive);
}

}  // namespace ponnuki::search
