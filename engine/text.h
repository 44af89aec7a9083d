// Strict parsers for short texts. They fail unless the whole text is valid.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ponnuki {

std::optional<long long> parse_integer(std::string_view text);
std::optional<double> parse_number(std::string_view text);  // finite only
std::optional<bool> parse_bool(std::string_view text);      // "true", "false" in any case

/// Up to six decimals, without trailing zeros: "6.5", "7.25", "0".
std::string short_number(double number);

std::string to_lower(std::string_view text);
/// The text without ASCII control characters other than tabs.
std::string without_controls(std::string_view text);

}  // namespace ponnuki
