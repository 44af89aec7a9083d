// Territory scoring is computed as area scoring plus Position::white_bonus(). The bonus includes a
// point for White for every stone that Black has played, and one for Black for every stone that
// White has played. Stones therefore cancel out and prisoners count.
#include "engine/score.h"

#include <cmath>
#include <cstdio>

#include "engine/chains.h"
#include "engine/point_set.h"

namespace ponnuki {

namespace {

/// The empty points of regions that touch both colours, or none.
PointSet neutral_points(const Board& board) {
  PointSet neutral;
  PointSet seen;
  std::vector<Point> region;
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point start = Point::from_cell(cell, board.size());
    if (board.at(start) != Color::kEmpty || seen.contains(start)) continue;
    int touched = 0;
    region.assign(1, start);
    seen.add(start);
    for (std::size_t i = 0; i < region.size(); ++i) {
      for (const int offset : kNeighborOffsets) {
        const Point n = Point::from_index(region[i].index() + offset);
        if (is_player(board.at(n))) touched |= static_cast<int>(board.at(n));
        if (board.at(n) != Color::kEmpty || seen.contains(n)) continue;
        seen.add(n);
        region.push_back(n);
      }
    }
    if (touched == 1 || touched == 2) continue;
    for (const Point p : region) neutral.add(p);
  }
  return neutral;
}

/// True if `player` can play on `p` without a capture and without being in atari afterwards.
bool can_fill(const Board& board, Point p, Color player) {
  if (board.is_suicide(p, player) || board.would_capture(p, player)) return false;
  Board after = board;
  after.play(p, player);
  return after.liberties(p) >= 2;
}

/// Players leave neutral points (dame) open. These would make every group around them look like
/// seki. Fills those that a player can fill safely; the remaining neutral points are the shared
/// liberties of sekis. Returns the filled points.
PointSet fill_neutral_points(Board& board) {
  PointSet filled;
  const PointSet neutral = neutral_points(board);
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (!neutral.contains(p)) continue;
    for (const Color player : {Color::kBlack, Color::kWhite}) {
      if (board.at(p) != Color::kEmpty || !can_fill(board, p, player)) continue;
      board.play(p, player);
      filled.add(p);
    }
  }
  return filled;
}

/// Returns White's minus Black's points on the board, without komi and bonuses, and writes the
/// owners to `area`. The points in `excluded` have no owner.
int count_board(const Board& board, const Rules& rules, const PointSet& excluded, AreaMap& area) {
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
    // A stone in seki counts, to cancel the point that the bonus gives the opponent for it.
    if (territory && owner == Color::kEmpty) owner = board.at(p);
    if (excluded.contains(p)) owner = Color::kEmpty;
    score += owner == Color::kWhite;
    score -= owner == Color::kBlack;
  }
  return score;
}

/// White's points for the button if the game stops here. The player to move gets it.
float button_left(const Position& position) {
  if (!position.has_button()) return 0;
  return position.to_move() == Color::kWhite ? 0.5F : -0.5F;
}

Score score_board(const Position& position, const Board& board, const PointSet& excluded,
                  AreaMap* owner) {
  AreaMap own;
  const int points = count_board(board, position.rules(), excluded, owner ? *owner : own);
  return {static_cast<float>(points) + position.self_komi(Color::kWhite) + button_left(position)};
}

}  // namespace

Color Score::winner() const {
  if (white_minus_black > 0) return Color::kWhite;
  return white_minus_black < 0 ? Color::kBlack : Color::kEmpty;
}

std::string Score::to_string() const {
  if (winner() == Color::kEmpty) return "0";
  // A komi such as 8.9999 is not exact as a float; its last digits are none of the score.
  const auto points = static_cast<double>(std::abs(white_minus_black));
  const double rounded = std::round(points * 1e4) / 1e4;
  char text[32];
  std::snprintf(text, sizeof text, "%c+%g", winner() == Color::kWhite ? 'W' : 'B',
                rounded > 0 ? rounded : points);
  return text;
}

Score score_area(const Position& position, AreaMap* owner) {
  return score_board(position, position.board(), PointSet{}, owner);
}

Score score_with_dead(const Position& position, const std::vector<Point>& dead, AreaMap* owner) {
  Board board = position.board();
  std::vector<Move> cleared;
  for (const Point p : dead) {
    if (!p.on_board(board.size()) || !is_player(board.at(p))) continue;
    for_each_stone(board, p, [&](Point stone) { cleared.push_back({Color::kEmpty, stone}); });
  }
  // Removing stones leaves no chain without liberties.
  if (!board.place(cleared)) return score_area(position, owner);
  PointSet filled;
  if (position.rules().tax != TaxRule::kNone) filled = fill_neutral_points(board);
  return score_board(position, board, filled, owner);
}

}  // namespace ponnuki
