#include "engine/sgf/lexer.h"

#include <cstring>

namespace ponnuki::sgf {
namespace {

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';  // some programs pad with NUL
}
bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_name_character(char c) {
  return is_small(c) || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

char SgfLexer::peek() {
  while (!at_end() && is_space(text_[position_])) ++position_;
  return at_end() ? '\0' : text_[position_];
}

std::string_view SgfLexer::read_name() {
  peek();
  const std::size_t begin = position_;
  while (!at_end() && is_name_character(text_[position_])) ++position_;
  return text_.substr(begin, position_ - begin);
}

std::optional<std::string_view> SgfLexer::read_value() {
  if (peek() != '[') return std::nullopt;
  const std::size_t begin = position_ + 1;
  // Goes from one ']' to the next. A ']' is escaped if an odd number of backslashes precedes it.
  for (std::size_t end = text_.find(']', begin); end != std::string_view::npos;
       end = text_.find(']', end + 1)) {
    std::size_t slashes = 0;
    while (end - slashes > begin && text_[end - slashes - 1] == '\\') ++slashes;
    if (slashes % 2 == 1) continue;
    position_ = end + 1;
    return text_.substr(begin, end - begin);
  }
  unclosed_ = true;
  return std::nullopt;
}

bool sgf_names_equal(std::string_view written, std::string_view name) {
  std::size_t matched = 0;
  for (const char c : written) {
    if (is_small(c)) continue;
    if (matched == name.size() || name[matched] != c) return false;
    ++matched;
  }
  return matched == name.size();
}

}  // namespace ponnuki::sgf
