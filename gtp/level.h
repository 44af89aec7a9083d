// Levels: playing strengths from 20k (kyu, the weakest) over 1k and 1d (dan) to 9d.
//
// Kyu levels search little and misjudge the result. The value of each move is its points plus a
// normally distributed error, whose width is a share of the uncertainty of the result. They
// therefore err where a game is open, often by a few points and seldom by many, and hardly at all
// when the game is settled. Moves that are very improbable by the policy are not considered. Dan
// levels make no such errors; they differ in the number of visits. docs/levels.md states the
// strength of each level.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/random.h"
#include "engine/search/search.h"

namespace ponnuki::gtp {

struct Level {
  static constexpr int kCount = 29;
  int steps = 0;  // steps above 20k: 19 is 1k, 20 is 1d, 28 is 9d
  friend bool operator==(const Level&, const Level&) = default;
};
/// Accepts "20k" … "1k", "1d" … "9d" in either case.
std::optional<Level> parse_level(std::string_view text);
std::string to_string(Level level);

struct Strength {
  std::int64_t visits = 0;
  // The error of a move's value, as a share of the result's standard deviation.
  double error = 0;
  double wide_root_noise = 0;  // gives the search more moves to choose from
};
Strength strength_of(Level level);

/// Chooses a move of the analysis. Returns `best` if it is a pass, so that every level recognises
/// the end of the game.
Point choose_move_at(const Strength& strength, const search::Analysis& analysis, Point best,
                     Random& random);

}  // namespace ponnuki::gtp
