#include "server/request_fields.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/coord.h"

namespace ponnuki::server {

void refuse(const std::string& field, const std::string& text) { throw Refusal{field, text}; }

namespace {

std::optional<std::int64_t> as_integer(const Json& value) {
  if (!value.is_number_integer()) return std::nullopt;
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return value.get<std::int64_t>();
}

}  // namespace

std::vector<std::string> RequestFields::names() const {
  std::vector<std::string> names;
  names.reserve(object_.size());
  for (const auto& [name, value] : object_.items()) names.push_back(name);
  return names;
}

bool RequestFields::has(const char* field) const { return object_.contains(field); }

const Json& RequestFields::operator[](const char* field) const {
  static const Json kMissing;
  const auto found = object_.find(field);
  return found == object_.end() ? kMissing : *found;
}

std::int64_t RequestFields::integer(const char* field, std::int64_t low, std::int64_t high,
                                    const std::string& wanted) const {
  const auto value = as_integer((*this)[field]);
  if (!value || *value < low || *value > high) refuse(field, wanted);
  return *value;
}

double RequestFields::number(const char* field, double low, double high,
                             const std::string& wanted) const {
  const Json& value = (*this)[field];
  if (!value.is_number()) refuse(field, wanted);
  const auto x = value.get<double>();
  if (!std::isfinite(x) || x < low || x > high) refuse(field, wanted);
  return x;
}

std::vector<std::int64_t> RequestFields::integers(const char* field,
                                                  const std::string& wanted) const {
  const Json& list = (*this)[field];
  if (!list.is_array()) refuse(field, wanted);
  std::vector<std::int64_t> result;
  result.reserve(list.size());
  for (const Json& item : list) {
    const auto value = as_integer(item);
    if (!value) refuse(field, wanted);
    result.push_back(*value);
  }
  return result;
}

const std::string& RequestFields::text(const char* field, const std::string& wanted) const {
  const Json& value = (*this)[field];
  if (!value.is_string()) refuse(field, wanted);
  return value.get_ref<const std::string&>();
}

void RequestFields::flag(const char* field, bool* target) const {
  if (!has(field)) return;
  const Json& value = (*this)[field];
  if (!value.is_boolean()) refuse(field, "Must be a boolean");
  *target = value.get<bool>();
}

Color RequestFields::player(const char* field) const {
  const Json& value = (*this)[field];
  const auto color =
      value.is_string() ? parse_color(value.get_ref<const std::string&>()) : std::nullopt;
  if (!color) refuse(field, "Must be \"b\" or \"w\"");
  return *color;
}

std::vector<Move> RequestFields::moves(const char* field, BoardSize size, bool allow_pass) const {
  const std::string form =
      "Must be an array of pairs of the form: [\"b\" or \"w\", GTP board vertex]";
  const Json& list = (*this)[field];
  if (!list.is_array()) refuse(field, form);
  std::vector<Move> result;
  for (const Json& pair : list) {
    if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
      refuse(field, form);
    const auto color = parse_color(pair[0].get_ref<const std::string&>());
    if (!color) refuse(field, "Could not parse player: " + pair[0].get<std::string>());
    const auto& vertex = pair[1].get_ref<const std::string&>();
    result.push_back({*color, read_location(field, vertex, size, allow_pass)});
  }
  return result;
}

Point read_location(const char* field, const std::string& text, BoardSize size, bool allow_pass) {
  const auto point = parse_gtp_vertex(text, size);
  if (!point || (point->is_pass() && !allow_pass))
    refuse(field, "Could not parse board location: " + text);
  return *point;
}

}  // namespace ponnuki::server
