// The fields of a request to the analysis engine, each checked for its type and range. The texts of
// refusals are KataGo's: clients look for some of them.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/position.h"

namespace ponnuki::analysis {

/// What is wrong with a field, or with the request where no field is named. Thrown where it is
/// found, caught by parse_analysis_request().
struct Refusal {
  std::string field, text;
};

[[noreturn]] void refuse(const std::string& field, const std::string& text);

/// A JSON object. Functions throw a Refusal where a field is missing or of another type; it says
/// what was wanted. Integers have 64 bits.
class RequestFields {
 public:
  /// `object` must outlive it.
  explicit RequestFields(const nlohmann::json& object) : object_(object) {}

  std::vector<std::string> names() const;
  bool has(const char* field) const;
  /// Null where it is missing.
  const nlohmann::json& operator[](const char* field) const;

  std::int64_t integer(const char* field, std::int64_t low, std::int64_t high,
                       const std::string& wanted) const;
  double number(const char* field, double low, double high, const std::string& wanted) const;
  std::vector<std::int64_t> integers(const char* field, const std::string& wanted) const;
  /// Leaves `target` alone where the field is missing.
  void flag(const char* field, bool* target) const;

  Color player(const char* field) const;
  /// Pairs of a player and a vertex.
  std::vector<Move> moves(const char* field, BoardSize size, bool allow_pass) const;

 private:
  const nlohmann::json& object_;
};

/// `field` is what a refusal names.
Point read_location(const char* field, const std::string& text, BoardSize size, bool allow_pass);

}  // namespace ponnuki::analysis
