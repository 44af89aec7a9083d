// Territory scoring is counted as area scoring: Position::white_bonus() holds a point for White for
// every stone that Black has put and one for Black for every stone of White's, so stones cancel out
// and prisoners count.
#include "engine/score.h"

#include <cmath>
#include <cstdio>

namespace ponnuki {

namespace {

/// White's minus Black's points on the board, before komi and bonuses; owners in `area`.
int count_board(const Board& board, const Rules& rules, AreaMap& area) {
  const bool territory = rules.scoring == ScoringRule::kTerritory;
  int regions = 0;
  if (rules.tax == TaxRule::kNone && !territory) {
    compute_area(board, AreaOptions{.suicide_legal = rules.multi_stone_suicide}, area);
  } else {
    IndependentLifeOptions options;
    options.keep_territories = rules.tax == TaxRule::kNone;
    options.keep_stones = !territory;
    options.suicide_legal = rules.multi_stone_suicide;
    regions = compute_independent_life(board, options, area);
  }
  int score = rules.tax == TaxRule::kAll ? -2 * regions : 0;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    Color& owner = area[static_cast<std::size_t>(p.index())];
    // A stone in seki cancels the point that putting it has cost.
    if (territory && owner == Color::kEmpty) owner = board.at(p);
    score += owner == Color::kWhite;
    score -= owner == Color::kBlack;
  }
  return score;
}

/// What the button is worth to White if the game stops here: the player to move would take it.
float button_left(const Position& position) {
  if (!position.has_button()) return 0;
  return position.to_move() == Color::kWhite ? 0.5F : -0.5F;
}

Score score_board(const Position& position, const Board& board, AreaMap* owner) {
  AreaMap own;
  AreaMap& area = owner ? *owner : own;
  const int points = count_board(board, position.rules(), area);
  return {static_cast<float>(points) + position.self_komi(Color::kWhite) + button_left(position)};
}

}  // namespace

Color Score::winner() const {
  if (white_minus_black > 0) return Color::kWhite;
  return white_minus_black < 0 ? Color::kBlack : Color::kEmpty;
}

std::string Score::to_string() const {
  if (winner() == Color::kEmpty) return "0";
  char text[32];
  std::snprintf(text, sizeof text, "%c+%g", winner() == Color::kWhite ? 'W' : 'B',
                static_cast<double>(std::abs(white_minus_black)));
  return text;
}

Score score_area(const Position& position, AreaMap* owner) {
  return score_board(position, position.board(), owner);
}

Score score_with_dead(const Position& position, const std::vector<Point>& dead, AreaMap* owner) {
  Board board = position.board();
  std::vector<Move> cleared;
  for (const Point p : dead) {
    if (!p.on_board(board.size()) || !is_player(board.at(p))) continue;
    Point stone = p;
    do {
      cleared.push_back({Color::kEmpty, stone});
      stone = board.next_in_chain(stone);
    } while (stone != p);
  }
  // Taking stones away leaves no chain without liberties.
  if (!board.place(cleared)) return score_area(position, owner);
  return score_board(position, board, owner);
}

}  // namespace ponnuki
