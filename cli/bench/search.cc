#include "cli/bench/bench.h"
#include "engine/search/bench.h"

namespace ponnuki::cli {
namespace {

constexpr std::int64_t kSearchVisits = 100'000;  // per search

void bench_tree_of(const BenchOptions& options, BoardSize size, int threads,
                   const BenchSink& sink) {
  search::SearchBenchResult last;
  const Rate rate = measure(options, [&] {
    last = search::bench_search({size, kSearchVisits, threads});
    return last.visits;
  });
  sink({"search " + size_text(size) + ", instant evaluator", "visits/s", threads, rate, {}});
  if (threads > 1) return;
  sink({"memory of the tree on " + size_text(size),
        "bytes a node",
        threads,
        {last.bytes_per_node, 0},
        {}});
}

}  // namespace

Status bench_tree(const BenchOptions& options, const BenchSink& sink) {
  for (const BoardSize size : {BoardSize{9, 9}, BoardSize{19, 19}}) {
    for (const int threads : {1, 2}) {
      if (threads <= options.threads) bench_tree_of(options, size, threads, sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
