// The peer: KataGo's own benchmark, run in the same minutes on the same net, for the ratios that
// say more than rates on a shared machine.
#pragma once

#include "cli/bench.h"
#include "engine/result.h"

namespace ponnuki {

struct PeerRates {
  double visits = 0;       // a second
  double evaluations = 0;  // of its network, a second
};

/// Runs `katago benchmark`; the board has `length` lines. Errors say what the program printed last.
Result<PeerRates> run_katago_benchmark(const BenchOptions& options, const std::string& net,
                                       int length, int threads);

/// The figures in what it prints ("visits/s = 174.00 nnEvals/s = 150.1 …" in the line of
/// `threads`).
Result<PeerRates> parse_katago_benchmark(const std::string& output, int threads);

}  // namespace ponnuki
