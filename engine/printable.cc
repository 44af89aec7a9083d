#include "engine/printable.h"

#include <algorithm>
#include <cstdio>

#include "engine/utf8.h"

namespace ponnuki {
namespace {

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
    const Utf8Character c = first_utf8_character(text);
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
    const Utf8Character c = first_utf8_character(rest);
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
