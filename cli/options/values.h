// The values of options: numbers within a range, and lists.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/result.h"

namespace ponnuki::cli {

/// The range of an option's values, `low` and `high` included.
template <typename T>
struct Range {
  T low = std::numeric_limits<T>::lowest();
  T high = std::numeric_limits<T>::max();
};

/// Parses the whole text as a number in the range. The error states the range.
Result<std::int64_t> parse_integer(const std::string& text, Range<std::int64_t> range);
/// Accepts finite numbers only.
Result<double> parse_decimal(const std::string& text, Range<double> range);

/// A default for the help. "" for NaN, which stands for an option without a value.
std::string number_text(double value);
/// A default for the help; "no limit" for the largest number.
std::string number_text(std::int64_t value);

/// Splits "a,b,c" into items. An empty text has none.
std::vector<std::string> split_list(const std::string& text, char separator = ',');
/// "a, b, c".
std::string joined(const std::vector<std::string>& words, const char* separator = ", ");

}  // namespace ponnuki::cli
