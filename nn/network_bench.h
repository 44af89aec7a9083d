// How fast a Network is, for `ponnuki bench` and for tuning.
#pragma once

#include <cstdint>

#include "nn/network.h"

namespace ponnuki {

struct NetworkBenchOptions {
  BoardSize size;
  int threads = 1;     // each calls forward() on its own
  int batch = 1;       // positions a call
  double seconds = 1;  // of the clock, after a warm-up
  std::uint64_t seed = 1;
};

struct NetworkBenchResult {
  std::int64_t evaluations = 0;
  double seconds = 0;      // of the clock
  double cpu_seconds = 0;  // of the threads together
  double evaluations_per_second() const { return static_cast<double>(evaluations) / seconds; }
  /// What as many cores would give if nothing else ran on them: the figure for a shared machine.
  double evaluations_per_cpu_second(int cores) const {
    return static_cast<double>(evaluations) * cores / cpu_seconds;
  }
};

/// Evaluates made-up positions, whose planes are as sparse as those of real ones.
NetworkBenchResult bench_network(Network& network, const NetworkBenchOptions& options);

/// GFLOP of one evaluation by direct convolution, multiplications and additions, trunk and heads'
/// convolutions: the measure of "effective" GF/s.
double network_gflop(const Model& model, BoardSize size);

}  // namespace ponnuki
