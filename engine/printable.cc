#include "engine/printable.h"

#include <algorithm>
#include <cstdio>

namespace ponnuki {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t length = 1;
  bool valid = false;
};

/// The first character of a text that is not empty.
Character first_of(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return {first, 1, true};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return {first, 1, false};
  char32_t code = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) return {first, 1, false};
    code = code << 6 | (byte & 0x3FU);
  }
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < kLeast[length] || code > 0x10FFFF || surrogate) return {first, 1, false};
  return {code, length, true};
}

/// Control characters, marks of direction (UAX #9), and separators of lines and paragraphs.
bool is_hidden(char32_t code) {
  const auto within = [code](char32_t first, char32_t last) {
    return code >= first && code <= last;
  };
  return code < 0x20 || within(0x7F, 0x9F) || code == 0x61C || within(0x200E, 0x200F) ||
         within(0x2028, 0x202E) || within(0x2066, 0x2069);
}

std::string escape(const char* form, char32_t code) {
  char text[16];
  std::snprintf(text, sizeof text, form, static_cast<unsigned>(code));
  return text;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character c = first_of(text);
    if (c.code == '\t' || c.code == '\n' || c.code == '\r') {
      shown += ' ';
    } else if (!c.valid || (is_hidden(c.code) && c.code < 0x80)) {
      shown += escape("\\x%02X", c.code);
    } else if (is_hidden(c.code)) {
      shown += escape("\\u%04X", c.code);
    } else {
      shown += text.substr(0, c.length);
    }
    text.remove_prefix(c.length);
  }
  return shown;
}

std::string with_hidden_escaped(std::string json) {
  const auto is_rare = [](char c) { return static_cast<unsigned char>(c) >= 0x7F; };
  if (std::none_of(json.begin(), json.end(), is_rare)) return json;
  std::string shown;
  for (std::string_view rest = json; !rest.empty();) {
    const Character c = first_of(rest);
    if (c.valid && c.code >= 0x7F && is_hidden(c.code)) {
      shown += escape("\\u%04x", c.code);
    } else {
      shown += rest.substr(0, c.length);
    }
    rest.remove_prefix(c.length);
  }
  return shown;
}

}  // namespace ponnuki
