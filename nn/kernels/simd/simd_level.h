// Which instruction set the fast network uses: the best that the processor has, unless a level is
// forced by FastNetworkOptions or by the environment variable PONNUKI_SIMD.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

enum class SimdLevel { kBaseline, kAvx2, kAvx512, kAvx512Vnni };

std::string simd_level_name(SimdLevel level);

/// What this processor and operating system can run, from the lowest up.
std::vector<SimdLevel> supported_simd_levels();

/// "baseline", "avx2", "avx512" or "avx512vnni". An error that names the choices for other words
/// and for levels that this processor lacks.
Result<SimdLevel> parse_simd_level(const std::string& name);

/// PONNUKI_SIMD where it is set, else the best. An error if it is set to nonsense.
Result<SimdLevel> default_simd_level();

/// Requires a supported level.
const KernelTable& kernel_table(SimdLevel level);

}  // namespace ponnuki::nn::kernels
