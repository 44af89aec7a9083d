#include "engine/referee/judgement.h"

#include <cmath>

#include "engine/chains.h"
#include "engine/referee/capture.h"
#include "engine/referee/chain_fates.h"
#include "engine/referee/dead_choice.h"
#include "engine/referee/playout_ownership.h"
#include "engine/referee/seki.h"
#include "engine/referee/teire.h"
#include "engine/settle.h"

namespace ponnuki::referee {
namespace {

Score score_from_lead(const Position& position, double white_lead) {
  const double fraction = position.self_komi(Color::kWhite);
  Score score;
  score.white_minus_black = static_cast<float>(std::round(white_lead - fraction) + fraction);
  return score;
}

std::vector<Point> points_of(const PointSet& set) {
  std::vector<Point> points;
  set.for_each([&](Point p) { points.push_back(p); });
  return points;
}

/// Fills in everything that follows from the dead chains.
void count(const Position& position, const std::vector<Point>& dead_heads, Reading reading,
           Judgement& result) {
  const PointSet dead = stones_of(position.board(), dead_heads);
  result.dead = points_of(dead);
  const Settled settled = settle_borders(position.board(), dead, position.to_move());
  PointSet protective;
  if (position.rules().scoring == ScoringRule::kTerritory)
    protective = protective_moves(settled.board, dead, reading);
  result.score = score_settled(position, settled, dead, protective, &result.owner);
  // A stone in its player's own territory need not be taken off: it costs no point either way.
  std::erase_if(result.dead,
                [&](Point p) { return owner_at(result.owner, p) == position.board().at(p); });
  result.seki = find_seki(position.board(), result.owner, dead);
}

std::vector<float> mean_ownership(const Views& views) {
  std::vector<float> mean = views[0].black_ownership;
  for (std::size_t i = 0; i < mean.size(); ++i)
    mean[i] = (mean[i] + views[1].black_ownership[i]) / 2;
  return mean;
}

Judgement judge(const Position& position, const Views& views, Reading reading) {
  Judgement result;
  const std::vector<float> playouts = playout_ownership(position);
  const DeadChoice choice =
      choose_dead(position, chain_fates(position, views, playouts, reading), playouts);
  count(position, choice.heads, reading, result);
  result.ownership = mean_ownership(views);
  result.finished = true;
  result.unsure = choice.unsure;
  return result;
}

}  // namespace

bool is_counted_as_it_stands(const Position& position) {
  return position.is_over() &&
         (!position.rules().leaves_dead_stones() || position.encore_phase() == 2);
}

Judgement judge_as_it_stands(const Position& position) {
  Judgement result;
  result.score = score_area(position, &result.owner);
  const Board& board = position.board();
  for (int cell = 0; cell < board.size().area(); ++cell) {
    const Point p = Point::from_cell(cell, board.size());
    if (is_player(board.at(p)) && owner_at(result.owner, p) == opponent(board.at(p)))
      result.dead.push_back(p);
  }
  result.finished = true;
  return result;
}

Judgement judge_finished(const Position& position, const Views& views) {
  return judge(position, views, Reading::kThorough);
}

Judgement judge_quickly(const Position& position, Reading reading) {
  return judge(position, {}, reading);
}

Judgement estimate(const Position& position, View view) {
  Judgement result;
  std::vector<Point> dead;
  for (const ChainFate& chain : chain_fates(position, {view, view}, {}, Reading::kThorough)) {
    if (chain.fate == Fate::kDead || (chain.fate == Fate::kDoubtful && chain.kept < 0))
      dead.push_back(chain.head);
  }
  count(position, dead, Reading::kThorough, result);
  result.score = score_from_lead(position, view.white_lead);
  result.lead_stdev = view.lead_stdev;
  result.ownership = std::move(view.black_ownership);
  return result;
}

Judgement judge_no_result(const Position& position) {
  Judgement result;
  score_area(position, &result.owner);
  result.finished = true;
  return result;
}

}  // namespace ponnuki::referee
