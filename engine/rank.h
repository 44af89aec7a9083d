// Rank: a strength as players name it, from 20k (kyu, the weakest) over 1k and 1d (dan) to 9d.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/types.h"

namespace ponnuki {

struct Rank {
  static constexpr int kCount = 29;
  int steps = 0;  // steps above 20k: 19 is 1k, 20 is 1d, 28 is 9d
  friend auto operator<=>(const Rank&, const Rank&) = default;
};
/// Accepts "20k" … "1k", "1d" … "9d" in either case.
std::optional<Rank> parse_rank(std::string_view text);
std::string to_string(Rank rank);
/// The rank nearest to a number of steps above 20k; 20k or 9d beyond the ends.
Rank nearest_rank(double steps);

/// The side of the board on which ranks are measured that is nearest to `size`: 9, 13 or 19.
int measured_board(BoardSize size);

}  // namespace ponnuki
