#include "nn/files/bytes/bounded_json.h"

#include <nlohmann/json.hpp>

#include "engine/json_parse.h"

namespace ponnuki::nn {

Result<nlohmann::json> parse_bounded_json(std::string_view text) {
  if (text.size() > JsonLimits::kBytes) return Error{"is too large"};
  auto parsed = parse_json(text, {.values = JsonLimits::kValues, .unique_keys = true});
  if (!parsed && parsed.error().message != kNotJson) return parsed.error();
  if (!parsed || !parsed->is_object()) return Error{"is not a JSON object"};
  return parsed;
}

}  // namespace ponnuki::nn
