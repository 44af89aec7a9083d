// The parts of `ponnuki bench`. A rate is the median of several runs, as work per second of
// wall-clock time and as work per second of CPU time. On a machine that is busy with other work,
// the rate per CPU second varies less.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
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
  double seconds = 1;    // per run
  int threads = 2;       // greatest number of threads
  int visits = 800;      // per position, in searches with a net
  int positions = 1000;  // per board size, for comparing precisions
  double minutes = 30;   // of endurance, for each board size
  EvaluatorOptions evaluator;
  std::vector<std::string> precisions;  // of the net; at least one
  std::vector<std::string> shapes;      // of the random nets in self-play
  std::string katago;                   // the peer's program; empty: no comparison
  std::string katago_config;            // empty: KataGo's defaults
};

struct Rate {
  double per_second = 0;
  double per_cpu_second = 0;
};

/// Of a kind of layers of a net.
struct LayerFigures {
  double share = 0;               // of the time of the net
  std::optional<double> gigaops;  // 10^9 operations of products per second
};

struct BenchRow {
  std::string name;  // for example "random legal moves 9x9"
  std::string unit;  // unit of `rate`: "moves/s"; for a size "bytes", for an error "points"
  int threads = 1;
  Rate rate;                             // per_second is the value of a size or an error
  std::optional<double> peer = {};       // KataGo's rate, per second of wall-clock time
  int decimals = 0;                      // of `rate` in a table
  std::optional<double> memory_mb = {};  // resident memory of the process at the end
  std::optional<LayerFigures> layer = {};
  std::optional<double> of_ceiling = {};  // the products' share of the processor's peak
  std::string net = {};                   // which one, where several are measured
  std::string remark = {};                // a sentence for people, printed below the row
};

/// Receives rows as they are measured.
using BenchSink = std::function<void(const BenchRow&)>;

/// Repeats `work`, which returns the amount of work done, for about `options.seconds`. Returns the
/// median rate of `options.runs` such runs.
Rate measure(const BenchOptions& options, const std::function<std::int64_t()>& work);

/// The CPU time of the process so far: all threads, user and kernel.
double cpu_seconds();
/// Requires at least one value.
double median(std::vector<double> values);

/// Prints the head of a table of rows.
void print_head(bool with_peer, std::ostream& out);
/// Prints a row of the table and flushes. Omits missing values: work per CPU second, peer, memory.
void print_row(const BenchRow& row, std::ostream& out);

/// The peak rates of the processor: multiply-adds, reads.
Status bench_ceilings(const BenchOptions& options, const BenchSink& sink);
/// Random games and plane encodings.
Status bench_rules(const BenchOptions& options, const BenchSink& sink);
/// The search tree with an evaluator that costs nothing, and its memory.
Status bench_tree(const BenchOptions& options, const BenchSink& sink);
/// Self-play with random nets of small shapes.
Status bench_selfplay(const BenchOptions& options, const BenchSink& sink);
/// Learning: gradients and optimizer steps of small nets on batches of 64 positions.
Status bench_training(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                      const BenchSink& sink);
/// The net alone and a search with it, compared with the peer if there is one.
Status bench_net(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                 const BenchSink& sink);
/// Where the time of the net goes: each kind of layer, on one thread, with batches of 1 and 8, as
/// milliseconds for one position. Needs a net.
Status bench_layers(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                    const BenchSink& sink);
/// `ponnuki analysis`: all positions of a game, 50 visits each, in one query, compared with the
/// peer if there is one. Needs a net.
Status bench_analysis(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                      const BenchSink& sink);
/// The error of the net in each precision against fp32, on `options.positions` positions of games
/// that it plays against itself. Needs a net. The results are reproducible if fp32 is reproducible
/// to the bit.
Status bench_precision(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink);
/// Self-play for `options.minutes`, which keeps cache and tree like a long-lived process. Gives one
/// row for each minute (or for each third of the time, if that is shorter); then the medians of the
/// first and the last third of these rows, and their ratio. The ratio is given unchanged, and
/// divided by the ratio of fixed work measured in between, which distinguishes a slower search from
/// a busier machine. Without a net positions are evaluated by playouts.
Status bench_endurance(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink);

}  // namespace ponnuki::cli
