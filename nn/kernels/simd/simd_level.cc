#include "nn/kernels/simd/simd_level.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

#include <algorithm>
#include <cstdlib>

#include "engine/check.h"

namespace ponnuki::nn::kernels {

std::string simd_level_name(SimdLevel level) {
  switch (level) {
    case SimdLevel::kI8mm:
      return "i8mm";
    case SimdLevel::kAvx2:
      return "avx2";
    case SimdLevel::kAvxVnni:
      return "avxvnni";
    case SimdLevel::kAvx512:
      return "avx512";
    case SimdLevel::kAvx512Vnni:
      return "avx512vnni";
    case SimdLevel::kAvx512Bf16:
      return "avx512bf16";
    default:
      return "baseline";
  }
}

namespace {

#if defined(__x86_64__)
/// Not every compiler's __builtin_cpu_supports() knows it.
bool has_avx_vnni() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  return __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 && (a & 1U << 4) != 0;
}
#elif defined(__aarch64__)
bool has_i8mm() {
#if defined(__linux__)
  constexpr unsigned long kI8mmBit = 1UL << 13;  // HWCAP2_I8MM of <asm/hwcap.h>
  return (getauxval(AT_HWCAP2) & kI8mmBit) != 0;
#elif defined(__APPLE__)
  int has = 0;
  std::size_t size = sizeof has;
  return sysctlbyname("hw.optional.arm.FEAT_I8MM", &has, &size, nullptr, 0) == 0 && has != 0;
#else
  return false;
#endif
}
#endif

}  // namespace

std::vector<SimdLevel> supported_simd_levels() {
  std::vector<SimdLevel> levels{SimdLevel::kBaseline};
#if defined(__x86_64__)
  // These builtins also check, by XGETBV, what the operating system supports.
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    levels.push_back(SimdLevel::kAvx2);
    if (has_avx_vnni()) levels.push_back(SimdLevel::kAvxVnni);
  }
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw")) {
    levels.push_back(SimdLevel::kAvx512);
    if (__builtin_cpu_supports("avx512vnni")) {
      levels.push_back(SimdLevel::kAvx512Vnni);
      if (__builtin_cpu_supports("avx512bf16")) levels.push_back(SimdLevel::kAvx512Bf16);
    }
  }
#elif defined(__aarch64__)
  if (has_i8mm()) levels.push_back(SimdLevel::kI8mm);
#endif
  return levels;
}

Result<SimdLevel> parse_simd_level(const std::string& name) {
  std::string choices;
  for (const SimdLevel level : supported_simd_levels()) {
    if (simd_level_name(level) == name) return level;
    choices += (choices.empty() ? "" : ", ") + simd_level_name(level);
  }
  return Error{"SIMD level '" + name + "' is unknown or not in this processor; it has " + choices};
}

Result<SimdLevel> default_simd_level() {
  if (const char* named = std::getenv("PONNUKI_SIMD"); named && *named)
    return parse_simd_level(named);
  return supported_simd_levels().back();
}

const KernelTable& kernel_table(SimdLevel level) {
#if defined(__x86_64__)
  if (level == SimdLevel::kAvx512Bf16) return kAvx512Bf16Kernels;
  if (level == SimdLevel::kAvx512Vnni) return kAvx512VnniKernels;
  if (level == SimdLevel::kAvx512) return kAvx512Kernels;
  if (level == SimdLevel::kAvxVnni) return kAvxVnniKernels;
  if (level == SimdLevel::kAvx2) return kAvx2Kernels;
#elif defined(__aarch64__)
  if (level == SimdLevel::kI8mm) return kI8mmKernels;
#endif
  PONNUKI_CHECK(level == SimdLevel::kBaseline);
  return kBaselineKernels;
}

const KernelTable& default_kernel_table() {
  const Result<SimdLevel> level = default_simd_level();
  return kernel_table(level ? *level : SimdLevel::kBaseline);
}

}  // namespace ponnuki::nn::kernels
