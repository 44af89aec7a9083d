// JSON as text on one line.
#pragma once

#include <string>

namespace ponnuki {

/// Of nlohmann's json or ordered_json, whatever bytes clients and files have put into it: what is
/// no UTF-8 becomes U+FFFD.
template <typename Json>
std::string json_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace ponnuki
