#include "selfplay/run/metrics_text.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/json_parse.h"
#include "selfplay/files/checksum.h"

namespace ponnuki::selfplay {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostNumbers = 10;  // of lines that are named

bool is_number(const Json& value) { return value.is_number() || value.is_null(); }

bool is_number_or_group(const Json& value) {
  return is_number(value) || (value.is_object() && std::ranges::all_of(value, is_number));
}

/// The cycle of a line; nothing if the line is damaged.
std::optional<std::int64_t> cycle_of(const std::string& line) {
  auto json = parse_json(line);
  if (!is_seal_right(line) || !json || !json->is_object()) return {};
  json->erase("crc32");
  if (!std::ranges::all_of(*json, is_number_or_group)) return {};
  const auto cycle = json->find("cycle");
  if (cycle == json->end() || !cycle->is_number_unsigned()) return {};
  const auto number = cycle->get<std::uint64_t>();
  if (number == 0 || number > 1'000'000'000) return {};
  return static_cast<std::int64_t>(number);
}

}  // namespace

MetricsText split_metrics(const std::string& text) {
  MetricsText metrics;
  std::int64_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    // A last line without its newline was cut off, even if what is there is an object.
    const auto cycle = end == std::string::npos ? std::nullopt : cycle_of(line);
    ++number;
    if (cycle)
      metrics.lines.push_back({*cycle, line});
    else
      metrics.damaged.push_back(number);
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return metrics;
}

std::string damage_text(const MetricsText& metrics) {
  const auto& numbers = metrics.damaged;
  if (numbers.empty()) return "";
  if (numbers.size() == 1) return "line " + std::to_string(numbers[0]) + " is damaged and left out";
  if (numbers.size() > kMostNumbers)
    return std::to_string(numbers.size()) + " lines are damaged and left out";
  std::string text = "lines ";
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (i > 0) text += i + 1 == numbers.size() ? " and " : ", ";
    text += std::to_string(numbers[i]);
  }
  return text + " are damaged and left out";
}

}  // namespace ponnuki::selfplay
