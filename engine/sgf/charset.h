// Character sets of game records. The whole record is converted to UTF-8 before it is parsed,
// because in Shift_JIS or Big5 the second byte of a character may be ']' or '\'.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ponnuki::sgf {

struct DecodedText {
  std::string utf8;               // always valid UTF-8
  std::string charset;            // iconv's name of the original character set
  std::size_t skipped_bytes = 0;  // the byte order mark
  bool exact = true;              // utf8 equals the bytes after the byte order mark
  std::string note;               // what is odd about the set, and which was guessed; usually ""
};

/// iconv's name for a CA value, or "" if it is not in our list. (Text from files is never passed to
/// iconv_open.)
std::string known_charset(std::string_view declared);

/// UTF-16 or UTF-32, where every character has two or four bytes: told by the byte order mark, or
/// by the zeros beside the first letters.
struct WideCharset {
  std::string name;      // iconv's; "" for all other sets
  std::size_t mark = 0;  // bytes of the byte order mark
};
WideCharset wide_charset(std::string_view bytes);

/// Converts `bytes` to UTF-8. The character set is that of the byte order mark; else UTF-16 or
/// UTF-32 where the bytes can be nothing else; else UTF-8 if the bytes are valid; else `declared`
/// (the CA value) if they can be that; else a guess (charset_guess.h), which the note names.
/// Invalid bytes become U+FFFD.
DecodedText decode_text_bytes(std::string bytes, std::string_view declared);

/// The number of original bytes that correspond to the first `length` bytes of text.utf8. For error
/// messages.
std::size_t original_offset(const DecodedText& text, std::string_view utf8, std::size_t length);

}  // namespace ponnuki::sgf
