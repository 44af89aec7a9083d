// UTF-8, character by character.
#pragma once

#include <cstddef>
#include <string_view>

namespace ponnuki {

struct Utf8Character {
  char32_t code = 0;       // the first byte where the text is invalid
  std::size_t length = 1;  // in bytes
  bool valid = false;
};
/// The first character of `text`, which is not empty. Not valid are cut or overlong sequences,
/// surrogates, and codes beyond U+10FFFF (RFC 3629).
Utf8Character first_utf8_character(std::string_view text);

bool is_valid_utf8(std::string_view bytes);

}  // namespace ponnuki
