// Territory scoring is computed as area scoring plus Position::white_bonus(). The bonus includes a
// point for White for every stone that Black has played, and one for Black for every stone that
// White has played. Stones therefore cancel out and prisoners count.
#include "engine/score.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>

#include "engine/chains.h"
#include "engine/close_borders.h"
#include "engine/empty_regions.h"
#include "engine/point_set.h"
#include "engine/settle.h"

namespace ponnuki {

namespace {

/// True for a stone that cost no point, since it came in the second phase of the encore.
bool is_free_stone(const Position& position, Point p, Color stone) {
  return position.encore_phase() == 2 && position.encore()->start(p) != stone;
}

/// Returns White's minus Black's points on the board, without komi and bonuses, and writes the
/// owners to `area`. The points in `excluded` have no owner.
int count_board(const Position& position, const Board& board, const PointSet& excluded,
                AreaMap& area) {
  const Rules& rules = position.rules();
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
    if (territory && owner == Color::kEmpty && !is_free_stone(position, p, board.at(p)))
      owner = board.at(p);
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

bool settles_borders(const Rules& rules) {
  return rules.tax != TaxRule::kNone || rules.scoring == ScoringRule::kTerritory;
}

/// The points that belong to nobody after the borders are settled. Where stones count, these are
/// dame only: a protective move costs no point.
PointSet points_without_owner(const Position& position, const PointSet& dead,
                              const PointSet& filled, const PointSet& protective) {
  if (position.rules().scoring == ScoringRule::kTerritory) return filled | protective;
  PointSet neutral;
  for (const Point p : neutral_points(without_dead(position.board(), position.board(), dead)))
    neutral.add(p);
  return filled & neutral;
}

Score score_board(const Position& position, const Board& board, const PointSet& excluded,
                  AreaMap* owner) {
  AreaMap own;
  const int points = count_board(position, board, excluded, owner ? *owner : own);
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
  const Board& board = position.board();
  std::vector<Point> heads;
  std::copy_if(dead.begin(), dead.end(), std::back_inserter(heads),
               [&](Point p) { return p.on_board(board.size()) && is_player(board.at(p)); });
  return score_settled(position, stones_of(board, heads), {}, owner);
}

Score score_settled(const Position& position, const PointSet& dead, const PointSet& protective,
                    AreaMap* owner) {
  Settled settled{position.board(), {}};
  if (settles_borders(position.rules()))
    settled = settle_borders(position.board(), dead, position.to_move());
  return score_settled(position, settled, dead, protective, owner);
}

Score score_settled(const Position& position, const Settled& settled, const PointSet& dead,
                    const PointSet& protective, AreaMap* owner) {
  const bool settles = settles_borders(position.rules());
  Board board = without_dead(settles ? settled.board : position.board(), position.board(), dead);
  PointSet excluded;
  if (settles) {
    excluded = points_without_owner(position, dead, settled.filled, protective);
    close_borders(board, excluded);
  }
  return score_board(position, board, excluded, owner);
}

}  // namespace ponnuki
