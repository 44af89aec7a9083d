// What a run of the search is given beside its parameters, and what it took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/types.h"

namespace ponnuki::search {

/// A run stops at the limit that it meets first.
struct SearchLimits {
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

  std::int64_t visits = kNone;    // of the root, those of a reused tree included
  std::int64_t playouts = kNone;  // of this run
  double seconds = std::numeric_limits<double>::infinity();
};

/// Moves that the root may or may not play (lz-analyze avoid/allow): until `until_depth` moves from
/// the root.
struct MoveFilter {
  Color player = Color::kBlack;
  std::vector<Point> points;
  int until_depth = 1;
  bool allow = false;  // true: only these; false: not these
};

/// What a run took, and what the tree is after it.
struct SearchStats {
  std::int64_t playouts = 0;  // of this run
  std::int64_t root_visits = 0;
  std::size_t nodes = 0;
  std::size_t bytes = 0;  // of the tree
  double seconds = 0;
};

}  // namespace ponnuki::search
