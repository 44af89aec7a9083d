// The peer: KataGo's own benchmark, run at the same time with the same net. On a shared machine the
// ratio of both rates is more reliable than each rate.
#pragma once

#include "cli/bench/bench.h"
#include "engine/result.h"

namespace ponnuki::cli {

struct PeerRates {
  double visits = 0;       // per second
  double evaluations = 0;  // of its net, per second
};

/// Checks that `program` (a path, or a name in $PATH) is a working KataGo, by asking for its
/// version.
Status check_katago(const std::string& program);

/// True for square boards from 7 to 19 lines: KataGo has benchmark positions for these.
bool katago_benchmarks(BoardSize size);

/// Runs `katago benchmark`. Requires katago_benchmarks(size). KataGo batches the leaves of many
/// threads, so for more than one thread it also runs with four times as many threads, and the
/// better rate counts. Without a config file only the number of threads is set. Errors state how
/// the program ended and what it printed last.
Result<PeerRates> run_katago_benchmark(const BenchOptions& options, const std::string& net,
                                       BoardSize size, int threads);

/// The number of positions that `katago analysis` answers per second. `queries` is a file whose
/// queries have `positions` positions in total; the time for an empty file is subtracted. For more
/// than one thread it also runs with four times as many analysis threads, and the better rate
/// counts.
Result<double> run_katago_analysis(const BenchOptions& options, const std::string& net,
                                   const std::string& queries, int positions, int threads);

/// Parses KataGo's output: the last line "numSearchThreads = T: … visits/s = V nnEvals/s = E …" for
/// `threads` with two figures that are finite and above zero. Progress lines, which end in \r, lack
/// the second figure.
std::optional<PeerRates> parse_katago_benchmark(const std::string& output, int threads);

}  // namespace ponnuki::cli
