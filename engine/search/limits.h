// The limits and filters of a run of the search, and its statistics.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/helper_pool.h"
#include "engine/pause.h"
#include "engine/types.h"

namespace ponnuki::search {

/// A run stops at the first limit that it reaches.
struct SearchLimits {
  static constexpr std::int64_t kNone = std::numeric_limits<std::int64_t>::max();

  std::int64_t visits = kNone;    // of the root; includes those of a reused tree
  std::int64_t playouts = kNone;  // of this run
  double seconds = std::numeric_limits<double>::infinity();

  // Set: the threads beyond the first are these helpers, as many as come. Else the run starts its
  // own threads.
  HelperPool* helpers = nullptr;
  const Pause* pause = nullptr;  // set: the run rests while it is paused; its time goes on
};

/// Moves that may or may not be played within `until_depth` moves from the root (lz-analyze
/// avoid/allow).
struct MoveFilter {
  Color player = Color::kBlack;
  std::vector<Point> points;
  int until_depth = 1;
  bool allow = false;  // true: only these moves; false: none of these
};

/// The cost of a run, and the state of the tree after it.
struct SearchStats {
  std::int64_t playouts = 0;  // of this run
  std::int64_t root_visits = 0;
  std::size_t nodes = 0;
  std::size_t bytes = 0;  // memory of the tree
  double seconds = 0;
};

}  // namespace ponnuki::search
