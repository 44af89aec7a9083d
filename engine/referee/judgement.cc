#include "engine/referee/judgement.h"

#include <cmath>

#include "engine/referee/dead_by_ownership.h"
#include "engine/referee/seki.h"

namespace ponnuki::referee {
namespace {

Score score_from_lead(const Position& position, double white_lead) {
  const double fraction = position.self_komi(Color::kWhite);
  Score score;
  score.white_minus_black = static_cast<float>(std::round(white_lead - fraction) + fraction);
  return score;
}

}  // namespace

bool is_counted_as_it_stands(const Position& position) {
  const Rules& rules = position.rules();
  return position.is_over() && rules.scoring == ScoringRule::kArea && !rules.friendly_pass_ok;
}

Judgement judge_as_it_stands(const Position& position) {
  Judgement result;
  result.score = score_area(position, &result.owner);
  result.finished = true;
  return result;
}

Judgement judge_by_opinion(const Position& position, Opinion opinion) {
  Judgement result;
  result.ownership = std::move(opinion.black_ownership);
  result.dead = dead_by_majority(position, {result.ownership, Color::kBlack});
  result.score = score_with_dead(position, result.dead, &result.owner);
  result.seki = find_seki(position.board(), result.owner, result.dead);
  result.finished = position.is_over();
  if (!result.finished) {
    result.score = score_from_lead(position, opinion.white_lead);
    result.lead_stdev = opinion.lead_stdev;
  }
  return result;
}

}  // namespace ponnuki::referee
