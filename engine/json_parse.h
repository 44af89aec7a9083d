// Reads JSON that may be hostile. All JSON from outside comes through here.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string_view>

#include "engine/result.h"

namespace ponnuki {

/// Nothing that the program reads is nested deeper. The library writes and visits values
/// recursively, so that a list of 100,000 lists would overflow the stack.
inline constexpr int kJsonDepth = 64;

/// Called for each value as it is read, with its depth; false discards the value.
using JsonFilter =
    std::function<bool(int depth, nlohmann::json::parse_event_t event, const nlohmann::json&)>;

inline constexpr const char* kNotJson = "is not JSON";

/// Parses one JSON value. Returns an error if the text is no JSON (kNotJson) or is nested too
/// deeply. The error has no subject; the caller adds it.
Result<nlohmann::json> parse_json(std::string_view text, const JsonFilter& filter = {});

}  // namespace ponnuki
