// Levels: playing strengths named by ranks, from 20k to 9d.
//
// Weak levels search little and misjudge the result. The value of each move is its points plus a
// normally distributed error, whose width is a share of the uncertainty of the result. They
// therefore err where a game is open, often by a few points and seldom by many, and hardly at all
// when the game is settled. Moves that are very improbable by the policy are not considered. Strong
// levels make no such errors; they differ in the number of visits.
//
// Which error and how many visits a rank needs depends on the board: curves that were measured with
// the net inside against programs of known rank. docs/levels.md describes them.
#pragma once

#include <cstdint>
#include <string>

#include "engine/random.h"
#include "engine/rank.h"
#include "engine/search/search.h"

namespace ponnuki::gtp {

struct Strength {
  std::int64_t visits = 0;
  // The error of a move's value, as a share of the result's standard deviation.
  double error = 0;
  double wide_root_noise = 0;  // gives the search more moves to choose from
};
/// The strength of a rank on a board. Beyond strongest_level() it is that of the strongest.
Strength strength_of(Rank level, BoardSize size);

/// The strongest rank that the net inside reaches on a board with the visits of levels.
Rank strongest_level(BoardSize size);
/// What a user should know about a level on a board; empty if it is reached there.
std::string level_note(Rank level, BoardSize size);

/// Chooses a move of the analysis. Returns `best` if it is a pass, so that every level recognises
/// the end of the game.
Point choose_move_at(const Strength& strength, const search::Analysis& analysis, Point best,
                     Random& random);

}  // namespace ponnuki::gtp
