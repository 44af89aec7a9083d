// Character sets of game records. Records are turned into UTF-8 as a whole before they are parsed,
// as editors write them: in Shift_JIS or Big5 the second byte of a character may be ']' or '\'.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ponnuki::sgf {

struct DecodedText {
  std::string utf8;               // always valid UTF-8
  std::string charset;            // iconv's name of what the bytes were in
  std::size_t skipped_bytes = 0;  // of the byte order mark
  bool exact = true;              // utf8 is the bytes after the mark, unchanged
};

/// iconv's name for a CA value, or "" if unknown (the list is ours: file contents do not reach
/// iconv_open).
std::string known_charset(std::string_view declared);

/// A byte order mark decides; then what CA declares; else UTF-8 if the bytes are that, else Latin-1
/// (the default of FF[4]). Bytes that mean nothing in the set become U+FFFD.
DecodedText decode_text_bytes(std::string bytes, std::string_view declared);

/// How many bytes of the original the first `length` bytes of text.utf8 came from: for error
/// messages.
std::size_t original_offset(const DecodedText& text, std::string_view utf8, std::size_t length);

bool is_valid_utf8(std::string_view bytes);

}  // namespace ponnuki::sgf
