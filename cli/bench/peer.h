// The peer: KataGo's own benchmark, run in the same minutes on the same net, for the ratios that
// say more than rates on a shared machine.
#pragma once

#include "cli/bench/bench.h"
#include "engine/result.h"

namespace ponnuki::cli {

struct PeerRates {
  double visits = 0;       // a second
  double evaluations = 0;  // of its network, a second
};

/// Whether `program` (a path, or a name in $PATH) is a KataGo that runs; asks it for its version.
Status check_katago(const std::string& program);

/// KataGo brings positions for square boards from 7 to 19 lines.
bool katago_benchmarks(BoardSize size);

/// Runs `katago benchmark`; requires katago_benchmarks() of the board. For one thread with one; for
/// more also with four times as many, as it batches leaves of many threads: the better rate counts.
/// Without a config it is told the number of threads only. Errors say how the program ended and
/// what it printed last.
Result<PeerRates> run_katago_benchmark(const BenchOptions& options, const std::string& net,
                                       BoardSize size, int threads);

/// How many positions a second `katago analysis` answers of a file with queries, which come to
/// `positions`, less the time that it takes with an empty file. With as many analysis threads as
/// threads, and for more than one also with four times as many: the better rate counts.
Result<double> run_katago_analysis(const BenchOptions& options, const std::string& net,
                                   const std::string& queries, int positions, int threads);

/// The figures in what it prints: the last line of the kind "numSearchThreads = T: … visits/s = V
/// nnEvals/s = E …" for `threads`, both figures finite and above zero. Lines of progress, which
/// end in \r, lack the second figure.
std::optional<PeerRates> parse_katago_benchmark(const std::string& output, int threads);

}  // namespace ponnuki::cli
