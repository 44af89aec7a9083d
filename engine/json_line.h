// Writes JSON on one line.
#pragma once

#include <string>

#include "engine/printable.h"

namespace ponnuki {

/// `json` is nlohmann's json or ordered_json. Invalid UTF-8, which clients and files may contain,
/// becomes U+FFFD. Characters that could steer a terminal are escaped.
template <typename Json>
std::string json_line(const Json& json) {
  return with_hidden_escaped(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace ponnuki
