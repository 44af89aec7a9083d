#include "engine/json_parse.h"

namespace ponnuki {

Result<nlohmann::json> parse_json(std::string_view text, const JsonFilter& filter) {
  using Event = nlohmann::json::parse_event_t;
  bool too_deep = false;
  const auto keep = [&](int depth, Event event, const nlohmann::json& value) {
    const bool opens = event == Event::object_start || event == Event::array_start;
    too_deep |= opens && depth >= kJsonDepth;
    return !too_deep && (!filter || filter(depth, event, value));
  };
  auto json = nlohmann::json::parse(text, keep, /*allow_exceptions=*/false);
  if (too_deep) return Error{"is nested too deeply"};
  if (json.is_discarded()) return Error{kNotJson};
  return json;
}

}  // namespace ponnuki
