// Precision: the number format of the products with weights in the trunk: of 3 × 3 and 1 × 1
// convolutions, and of the matrices of transformer blocks. Everything else is computed in fp32.
#pragma once

#include <optional>
#include <string_view>

namespace ponnuki::nn::kernels {

enum class Precision {
  kFp32,
  // Operands of 16 bits with a scale for each tile or point and each column of weights; sums of 32.
  kInt16,
};

/// The default: the fastest precision that has been shown to play as well as fp32
/// (docs/results/matches.md). kInt16 is faster only on x86 (SSE2 and later), which has instructions
/// for pairs of 16-bit integers.
#if defined(__x86_64__)
inline constexpr Precision kAutoPrecision = Precision::kInt16;
#else
inline constexpr Precision kAutoPrecision = Precision::kFp32;
#endif

constexpr const char* precision_name(Precision precision) {
  return precision == Precision::kInt16 ? "int16" : "fp32";
}

/// Accepts "fp32", "int16" and "auto".
constexpr std::optional<Precision> parse_precision(std::string_view name) {
  if (name == "auto") return kAutoPrecision;
  for (const Precision precision : {Precision::kFp32, Precision::kInt16}) {
    if (name == precision_name(precision)) return precision;
  }
  return std::nullopt;
}

}  // namespace ponnuki::nn::kernels
