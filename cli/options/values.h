// The values of options: numbers within a range, and lists.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/result.h"

namespace ponnuki::cli {

/// The numbers that an option takes, from `low` to `high`, both included.
template <typename T>
struct Range {
  T low = std::numeric_limits<T>::lowest();
  T high = std::numeric_limits<T>::max();
};

/// The whole text as a number in the range. The error says which numbers are allowed.
Result<std::int64_t> parse_integer(const std::string& text, Range<std::int64_t> range);
/// Finite numbers only.
Result<double> parse_decimal(const std::string& text, Range<double> range);

/// A default for the help; "" for NaN, which stands for an option that is not set.
std::string number_text(double value);
/// "no limit" for the greatest number.
std::string number_text(std::int64_t value);

/// The items of "a,b,c"; none for an empty text.
std::vector<std::string> split_list(const std::string& text, char separator = ',');
/// "a, b, c".
std::string joined(const std::vector<std::string>& words);

}  // namespace ponnuki::cli
