// The instruction set of the fast network: the best that the processor has, unless
// FastNetworkOptions or the environment variable PONNUKI_SIMD sets a level.
#pragma once

#include <string>
#include <vector>

#include "engine/result.h"
#include "nn/kernels/simd/kernel_table.h"

namespace ponnuki::nn::kernels {

enum class SimdLevel { kBaseline, kI8mm, kAvx2, kAvxVnni, kAvx512, kAvx512Vnni, kAvx512Bf16 };

std::string simd_level_name(SimdLevel level);

/// The levels that this processor and operating system can run, lowest first.
std::vector<SimdLevel> supported_simd_levels();

/// Accepts "baseline"; on x86-64 "avx2", "avxvnni", "avx512", "avx512vnni" and "avx512bf16"; on arm64
/// "i8mm". The error for any other word, and for a level that this processor lacks, lists the choices.
Result<SimdLevel> parse_simd_level(const std::string& name);

/// The level in PONNUKI_SIMD if it is set, else the best. Returns an error if its value is not a
/// level.
Result<SimdLevel> default_simd_level();

/// Requires a supported level.
const KernelTable& kernel_table(SimdLevel level);

/// The table of default_simd_level(), or the baseline's if that is an error.
const KernelTable& default_kernel_table();

}  // namespace ponnuki::nn::kernels
