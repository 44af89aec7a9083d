// JSON out of a file that may be hostile. Internal to nn/files/.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "engine/result.h"

namespace ponnuki::nn {

/// Bounds on the memory that a JSON text may take: far above what the largest net needs.
struct JsonLimits {
  static constexpr std::size_t kBytes = std::size_t{1} << 20;
  static constexpr std::size_t kValues = std::size_t{1} << 16;
  static constexpr int kDepth = 24;
};

/// An object. An error if the text is larger, holds more values or is nested deeper than
/// JsonLimits, if an object has a key twice, or if it is no JSON. The error has no subject ("is too
/// large"); the caller adds it. Memory is bounded by the limits, time by the text.
Result<nlohmann::json> parse_bounded_json(std::string_view text);

}  // namespace ponnuki::nn
