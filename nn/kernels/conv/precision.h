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
/// (docs/results/matches.md). It is kInt16 where default_kernel_table() has fast products of 16-bit
/// integers: on x86 (SSE2 and later) and on arm64 with i8mm.
Precision auto_precision();

constexpr const char* precision_name(Precision precision) {
  return precision == Precision::kInt16 ? "int16" : "fp32";
}

/// Accepts "fp32", "int16" and "auto".
inline std::optional<Precision> parse_precision(std::string_view name) {
  if (name == "auto") return auto_precision();
  for (const Precision precision : {Precision::kFp32, Precision::kInt16}) {
    if (name == precision_name(precision)) return precision;
  }
  return std::nullopt;
}

}  // namespace ponnuki::nn::kernels
