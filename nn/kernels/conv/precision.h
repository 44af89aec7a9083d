// Precision: the number format for the products of 3 × 3 convolutions. Everything else is always
// fp32.
#pragma once

#include <optional>
#include <string_view>

namespace ponnuki::nn::kernels {

enum class Precision {
  kFp32,
  kInt16,  // operands of 16 bits with a scale for each tile and each column of weights, sums of 32
};

/// The default: the fastest precision that has been shown to play as well as fp32
/// (docs/results/matches.md). Only x86, from SSE2 on, has instructions for pairs of 16-bit integers
/// that make them faster.
#if defined(__x86_64__)
inline constexpr Precision kAutoPrecision = Precision::kInt16;
#else
inline constexpr Precision kAutoPrecision = Precision::kFp32;
#endif

constexpr const char* precision_name(Precision precision) {
  return precision == Precision::kInt16 ? "int16" : "fp32";
}

/// "fp32", "int16", "auto".
constexpr std::optional<Precision> parse_precision(std::string_view name) {
  if (name == "auto") return kAutoPrecision;
  for (const Precision precision : {Precision::kFp32, Precision::kInt16}) {
    if (name == precision_name(precision)) return precision;
  }
  return std::nullopt;
}

}  // namespace ponnuki::nn::kernels
