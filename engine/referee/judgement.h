// Judgement: which stones are dead, and who has won.
//
//   ownership by point ─▶ sum by chain ─▶ dead ─▶ score_with_dead ─▶ owner map ─▶ seki
//                          ▲ the pass-alive area takes precedence: its stones cannot be dead
#pragma once

#include <vector>

#include "engine/score.h"

namespace ponnuki::referee {

struct Judgement {
  std::vector<Point> dead;  // every dead stone
  // Living stones without territory that share liberties with such stones of the opponent.
  std::vector<Point> seki;
  AreaMap owner{};  // of each point, after removal of the dead stones
  Score score;
  double lead_stdev = 0;         // points; for estimates of unfinished games
  bool finished = false;         // the game was counted; if false, estimated
  std::vector<float> ownership;  // the estimate, +1 = Black; empty if not used
};

/// The evaluation of a position by a search. White's or Black's perspective, as the names say.
struct Opinion {
  std::vector<float> black_ownership;  // by cell, row-major, +1 = Black; empty: unknown
  double white_lead = 0;               // points, komi included
  double lead_stdev = 0;               // points
};

/// True for a finished game under rules by which players capture dead stones before they pass. Its
/// result needs no search; judge_as_it_stands() computes it.
bool is_counted_as_it_stands(const Position& position);
Judgement judge_as_it_stands(const Position& position);

/// Judges any other position. The score of an unfinished game is the lead, in whole points plus the
/// fraction of the komi.
Judgement judge_by_opinion(const Position& position, Opinion opinion);

}  // namespace ponnuki::referee
