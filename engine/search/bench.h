// Benchmark of the tree alone: a search with an evaluator that takes almost no time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/search/params.h"
#include "engine/types.h"

namespace ponnuki::search {

struct SearchBenchOptions {
  BoardSize size{9, 9};
  std::int64_t visits = 500'000;
  int threads = 2;
};

struct SearchBenchResult {
  std::int64_t visits = 0;
  double seconds = 0;
  double visits_per_second = 0;
  std::size_t nodes = 0;
  std::size_t bytes = 0;  // memory of the tree
  double bytes_per_node = 0;
};

/// Searches the empty board once.
SearchBenchResult bench_search(const SearchBenchOptions& options);

/// A hash of the results of fixed searches of fixed positions by one thread (like Stockfish's
/// bench). It changes whenever the behaviour of the search changes.
std::uint64_t search_signature();

}  // namespace ponnuki::search
