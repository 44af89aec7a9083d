// Guesses the character set of a record that does not say it, or says it wrongly.
//
// A record often has only two short names beyond ASCII. Libraries need more text: of records with
// two names, uchardet 0.0.7 recognizes 0 to 65 % by language and ICU 72 none (with the names alone,
// repeated: 37 to 89 % and 33 to 97 %). This guess knows which characters names and words of Go
// have, and so recognizes nearly all (tests/engine/sgf/charset_test.cc).
#pragma once

#include <string>
#include <string_view>

namespace ponnuki::sgf {

struct CharsetGuess {
  /// iconv's name: GB18030, BIG5-HKSCS, CP932, CP949, EUC-JP, CP1251, KOI8-R or ISO-8859-1.
  std::string charset;
  bool is_sure = false;
};

/// For bytes that are not valid UTF-8. Reads at most the first 64 KiB after the first byte beyond
/// ASCII.
CharsetGuess guess_charset(std::string_view bytes);

}  // namespace ponnuki::sgf
