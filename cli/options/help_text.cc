#include "cli/options/help_text.h"

#include <algorithm>
#include <sstream>

namespace ponnuki::cli {
namespace {

constexpr std::size_t kColumn = 27;  // the column at which the right side of a row begins

/// The number of UTF-8 characters.
std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t indent, std::size_t width) {
  std::istringstream words(text);
  std::string lines;
  std::size_t column = indent;
  for (std::string word; words >> word;) {
    if (column > indent && column + 1 + length(word) > width) {
      lines += '\n' + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += length(word);
  }
  return lines;
}

std::vector<std::string> paragraphs_of(const std::string& text) {
  std::vector<std::string> paragraphs;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find("\n\n", begin), text.size());
    paragraphs.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return paragraphs;
}

std::string help_row(const std::string& left, const std::string& text) {
  const std::string start = "  " + left;
  const std::size_t used = length(start);
  const std::string gap =
      used + 2 > kColumn ? '\n' + std::string(kColumn, ' ') : std::string(kColumn - used, ' ');
  return start + gap + wrapped(text, kColumn) + '\n';
}

}  // namespace ponnuki::cli
