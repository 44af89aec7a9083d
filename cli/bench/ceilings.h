// The peak rates of this processor, which limit the speed of the net.
#pragma once

#include "cli/bench/bench.h"
#include "nn/kernels/simd/kernel_table.h"
#include "nn/network.h"

namespace ponnuki::cli {

/// Operations per second, where a multiply-add is two.
struct Ceilings {
  Rate fp32, pairs;  // of floats; of pairs of 16-bit integers
};

/// Measures the ceilings of some threads together.
Ceilings measure_ceilings(const BenchOptions& options, const nn::kernels::KernelTable& kernels,
                          int threads);

/// The least seconds in which the threads of `ceilings` can compute the products.
double seconds_at_ceiling(const nn::Products& products, const Ceilings& ceilings);

}  // namespace ponnuki::cli
