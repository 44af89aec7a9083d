#include "cli/options/values.h"

#include <cmath>
#include <sstream>
#include <type_traits>

#include "engine/text.h"

namespace ponnuki::cli {
namespace {

/// For example "a whole number from 1 to 8". Mentions only the limits that exist.
template <typename T>
std::string describe(Range<T> range) {
  std::string text = std::is_integral_v<T> ? "a whole number" : "a number";
  const bool low = range.low != std::numeric_limits<T>::lowest();
  const bool high = range.high != std::numeric_limits<T>::max();
  if (low && high)
    return text + " from " + number_text(range.low) + " to " + number_text(range.high);
  if (low) return text + " of at least " + number_text(range.low);
  if (high) return text + " of at most " + number_text(range.high);
  return text;
}

template <typename T, typename Number>
Result<T> in_range(const std::string& text, const std::optional<Number>& number, Range<T> range) {
  if (!number || *number < range.low || *number > range.high)
    return Error{"'" + text + "' is not " + describe(range)};
  return *number;
}

}  // namespace

Result<std::int64_t> parse_integer(const std::string& text, Range<std::int64_t> range) {
  return in_range(text, ponnuki::parse_integer(text), range);
}

Result<double> parse_decimal(const std::string& text, Range<double> range) {
  return in_range(text, ponnuki::parse_number(text), range);
}

std::string number_text(double value) {
  if (std::isnan(value)) return "";
  std::ostringstream out;
  out << value;
  return out.str();
}

std::string number_text(std::int64_t value) {
  return value == std::numeric_limits<std::int64_t>::max() ? "no limit" : std::to_string(value);
}

std::vector<std::string> split_list(const std::string& text, char separator) {
  std::vector<std::string> words;
  std::istringstream list(text);
  for (std::string word; std::getline(list, word, separator);) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

}  // namespace ponnuki::cli
