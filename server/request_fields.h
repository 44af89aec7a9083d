// The fields of a JSON request, each checked for type and range. For the analysis engine the texts of
// refusals are KataGo's, since clients look for some of them.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/position.h"

namespace ponnuki::server {

using Json = nlohmann::json;

/// An error in a field, or in the request if no field is named. Thrown where it is found;
/// who parses the request catches it.
struct Refusal {
  std::string field, text;
};

[[noreturn]] void refuse(const std::string& field, const std::string& text);

/// A JSON object. The functions throw a Refusal if a field is missing or has another type; it says
/// what was expected. Integers have 64 bits.
class RequestFields {
 public:
  /// `object` must outlive the RequestFields.
  explicit RequestFields(const Json& object) : object_(object) {}

  std::vector<std::string> names() const;
  bool has(const char* field) const;
  /// Null if the field is missing.
  const Json& operator[](const char* field) const;

  std::int64_t integer(const char* field, std::int64_t low, std::int64_t high,
                       const std::string& wanted) const;
  double number(const char* field, double low, double high, const std::string& wanted) const;
  std::vector<std::int64_t> integers(const char* field, const std::string& wanted) const;
  const std::string& text(const char* field, const std::string& wanted) const;
  /// Leaves `target` unchanged if the field is missing.
  void flag(const char* field, bool* target) const;

  Color player(const char* field) const;
  /// Reads pairs of a player and a vertex.
  std::vector<Move> moves(const char* field, BoardSize size, bool allow_pass) const;

 private:
  const Json& object_;
};

/// `field` is the name that a refusal contains.
Point read_location(const char* field, const std::string& text, BoardSize size, bool allow_pass);

}  // namespace ponnuki::server
