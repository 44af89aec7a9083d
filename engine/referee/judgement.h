// Judgement: which stones are dead and who has won.
//
//   ownership by point ─▶ sum by chain ─▶ dead ─▶ score_with_dead ─▶ owner map ─▶ seki
//                          ▲ the pass-alive area comes first: what cannot be captured is not dead
#pragma once

#include <vector>

#include "engine/score.h"

namespace ponnuki::referee {

struct Judgement {
  std::vector<Point> dead;  // every dead stone
  std::vector<Point> seki;  // living stones without territory that share liberties with such stones
  AreaMap owner{};          // of each point, with the dead removed
  Score score;
  double lead_stdev = 0;         // points; of estimates of unfinished games
  bool finished = false;         // the game was counted; else estimated from the lead
  std::vector<float> ownership;  // as estimated, +1 = Black; empty where counted as it stands
};

/// What a search says of a position. Values are White's or Black's, as named.
struct Opinion {
  std::vector<float> black_ownership;  // by cell, row-major, +1 = Black; empty: unknown
  double white_lead = 0;               // points, komi included
  double lead_stdev = 0;               // points
};

/// A finished game under rules where players capture dead stones before they pass: no opinion is
/// needed, judge_as_it_stands() says everything.
bool is_counted_as_it_stands(const Position& position);
Judgement judge_as_it_stands(const Position& position);

/// Any other position. Of an unfinished game the score is the lead, in whole points beside the
/// fraction of the komi.
Judgement judge_by_opinion(const Position& position, Opinion opinion);

}  // namespace ponnuki::referee
