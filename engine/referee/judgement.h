// Judgement: which stones are dead, and who has won.
//
//   ownership ─▶ fates of chains ─▶ choice of the dead ─▶ score_settled ─▶ owner map ─▶ seki
//                pass-alive area,   playouts,
//                reading            sense
#pragma once

#include <array>
#include <vector>

#include "engine/referee/capture.h"
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
  bool unsure = false;           // other stones might be dead, with another score
  std::vector<float> ownership;  // the estimate, +1 = Black; empty if not used
};

/// What a search thinks of a position with one of the players to move.
struct View {
  std::vector<float> black_ownership;  // by cell, row-major, +1 = Black; empty: unknown
  double white_lead = 0;               // points, komi included
  double lead_stdev = 0;               // points
};

/// The views of the same position with Black, and with White, to move first.
using Views = std::array<View, 2>;

/// True for a finished game under rules by which players capture dead stones before they pass. Its
/// result needs no search; judge_as_it_stands() computes it. Dead are only the stones in pass-alive
/// area of the opponent.
bool is_counted_as_it_stands(const Position& position);
Judgement judge_as_it_stands(const Position& position);

/// Judges any other finished game. A group is alive if it cannot be captured by the opponent, who
/// moves first (Japanese rules of 1989, article 7). The fate of Black's stones is therefore read
/// from the view in which White moves first, and that of White's from the other one. See
/// choose_dead(). Random playouts take the place of a view without ownership.
Judgement judge_finished(const Position& position, const Views& views);

/// The same by playouts and quick reading alone, in 2 ms on 9x9 and 10 ms on 19x19. For training,
/// where the net may know nothing yet and a search would cost as much as the game. Depends on the
/// position alone.
Judgement judge_quickly(const Position& position, Reading reading = Reading::kQuick);

/// Estimates an unfinished game. The score is the lead, in whole points plus the fraction of the
/// komi.
Judgement estimate(const Position& position, View view);

/// A game without result: no stone is dead, the score is 0.
Judgement judge_no_result(const Position& position);

}  // namespace ponnuki::referee
