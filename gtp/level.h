// Levels: strengths for people, from 20k (kyu, the weakest) over 1k and 1d (dan) to 9d.
//
// Kyus search little and misjudge what they find: each move of the search is worth its points plus
// an error, normally distributed, as wide as a share of the uncertainty of the result. So they err
// where a game is open, by a few points often and by many seldom, and hardly when all is settled.
// Moves that nobody would think of (by the policy) are not considered. Dans make no such errors;
// they differ in how much they search. docs/levels.md says how strong each is.
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
  int steps = 0;  // above 20k: 19 is 1k, 20 is 1d, 28 is 9d
  friend bool operator==(const Level&, const Level&) = default;
};
/// "20k" … "1k", "1d" … "9d" in either case.
std::optional<Level> parse_level(std::string_view text);
std::string to_string(Level level);

struct Strength {
  std::int64_t visits = 0;
  double error = 0;            // of a move's worth, as a share of the result's standard deviation
  double wide_root_noise = 0;  // of the search: so that there is something to choose from
};
Strength strength_of(Level level);

/// A move of the analysis; `best` where that is a pass: every level sees the end of the game.
Point choose_move_at(const Strength& strength, const search::Analysis& analysis, Point best,
                     Random& random);

}  // namespace ponnuki::gtp
