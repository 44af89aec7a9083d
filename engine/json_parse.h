// Reads JSON that may be hostile. All JSON from outside comes through here.
#pragma once

#include <cstddef>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

/// Nothing that the program reads is nested deeper. The library writes and visits values
/// recursively, so that a list of 100,000 lists would overflow the stack.
inline constexpr int kJsonDepth = 64;

inline constexpr const char* kNotJson = "is not JSON";

struct JsonBounds {
  std::size_t values = std::numeric_limits<std::size_t>::max();
  bool unique_keys = false;  // refuse an object that has a key twice
};

/// Parses one JSON value. Returns an error if the text is no JSON (kNotJson), is nested deeper than
/// kJsonDepth or exceeds the bounds. The error has no subject; the caller adds it. After the first
/// error every value is discarded at once: the bounds limit the memory.
Result<nlohmann::json> parse_json(std::string_view text, const JsonBounds& bounds = {});

}  // namespace ponnuki
