// The parts of `ponnuki bench`: how rates are measured, and who measures what. Every rate is the
// median of some runs, as work a second of wall clock and as work a second of CPU time: where the
// machine is busy with other things the second is the steadier one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/options/evaluator_factory.h"
#include "engine/coord.h"
#include "engine/result.h"
#include "engine/types.h"

namespace ponnuki::cli {

struct BenchOptions {
  int runs = 3;
  double seconds = 1;    // a run
  int threads = 2;       // most
  int visits = 800;      // a position, where a net searches
  int positions = 1000;  // of each board, to compare precisions on
  double minutes = 30;   // of endurance, a board
  EvaluatorOptions evaluator;
  std::vector<std::string> precisions;  // of the net, one after the other; at least one
  std::vector<std::string> shapes;      // of the random nets that play themselves
  std::string katago;                   // the peer's program; empty: no comparison
  std::string katago_config;            // empty: its own defaults
};

struct Rate {
  double per_second = 0;
  double per_cpu_second = 0;
};

struct BenchRow {
  std::string name;  // "random legal moves 9x9"
  std::string unit;  // what `rate` counts: "moves/s"; for sizes "bytes", for errors "points"
  int threads = 1;
  Rate rate;                             // for sizes and errors per_second alone: the value
  std::optional<double> peer = {};       // the same of KataGo, a second of wall clock
  int decimals = 0;                      // that a table shows of `rate`
  std::optional<double> memory_mb = {};  // resident, of the process, at the end
};

/// Takes rows as they are measured.
using BenchSink = std::function<void(const BenchRow&)>;

/// Runs `work`, which returns how much it did, over and over for about `seconds`; the median rate
/// of `runs` such runs.
Rate measure(const BenchOptions& options, const std::function<std::int64_t()>& work);

double cpu_seconds();  // of the whole process so far, all threads, in user and kernel
/// Requires at least one.
double median(std::vector<double> values);

/// What the processor can do at most: multiply-adds, reads.
Status bench_ceilings(const BenchOptions& options, const BenchSink& sink);
/// Random games, plane encodings.
Status bench_rules(const BenchOptions& options, const BenchSink& sink);
/// The tree with an evaluator that costs nothing, and what it takes of memory.
Status bench_tree(const BenchOptions& options, const BenchSink& sink);
/// Games against itself with random nets of small shapes.
Status bench_selfplay(const BenchOptions& options, const BenchSink& sink);
/// Learning: gradients and steps of nets of small shapes on batches of 256 positions of 9×9.
Status bench_training(const BenchOptions& options, const BenchSink& sink);
/// The net alone, and a search with it, beside the peer where one is given.
Status bench_net(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                 const BenchSink& sink);
/// `ponnuki analysis`: the positions of a game, 50 visits each, asked for in one query, beside the
/// peer's where one is given. Needs a net.
Status bench_analysis(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                      const BenchSink& sink);
/// How far the net in each precision is from itself in fp32, on `options.positions` positions of
/// games that it plays against itself. Needs a net. The same figures every time, where fp32 itself
/// is the same to the bit.
Status bench_precision(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink);
/// Games against itself for `options.minutes`, with the cache and the tree kept as a process that
/// lives long keeps them: a row a minute, or a third of the time if that is shorter, as it passes;
/// then medians of the first and the last third of these rows, and their ratio, by itself and
/// divided by that of fixed work measured in between, which tells a slower search from a busier
/// machine. Without a net it judges by playouts.
Status bench_endurance(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink);

}  // namespace ponnuki::cli
