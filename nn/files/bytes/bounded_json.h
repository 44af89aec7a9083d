// Parses JSON from a file that may be hostile. Internal to nn/files/.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "engine/result.h"

namespace ponnuki::nn {

/// Limits that bound the memory for a JSON text. They are far above what the largest net needs.
struct JsonLimits {
  static constexpr std::size_t kBytes = std::size_t{1} << 20;
  static constexpr std::size_t kValues = std::size_t{1} << 16;
};

/// Parses a JSON object. Returns an error if the text is not JSON, if it is larger or holds more
/// values than JsonLimits, if it is nested too deeply (engine/json_parse.h), or if an object has a
/// key twice. The error has no subject ("is too large"); the caller adds it. The limits bound the
/// memory, the length of the text bounds the time.
Result<nlohmann::json> parse_bounded_json(std::string_view text);

}  // namespace ponnuki::nn
