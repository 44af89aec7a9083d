#include "engine/sgf/charset.h"

#include <algorithm>
#include <utility>

#include "engine/sgf/charset_guess.h"
#include "engine/sgf/converter.h"
#include "engine/sgf/value.h"
#include "engine/utf8.h"

namespace ponnuki::sgf {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr double kMuchMorePlausible = 0.45;

struct Alias {
  std::string_view name;  // lower case, letters and digits only
  std::string_view iconv;
};
/// Character sets of known game records. A superset is used for its subsets (CP932 for Shift_JIS,
/// …).
constexpr Alias kAliases[] = {
    {"utf8", "UTF-8"},
    {"usascii", "ISO-8859-1"},
    {"ascii", "ISO-8859-1"},
    {"latin1", "ISO-8859-1"},
    {"l1", "ISO-8859-1"},
    {"iso88591", "ISO-8859-1"},
    {"iso88592", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"iso88595", "ISO-8859-5"},
    {"iso88599", "ISO-8859-9"},
    {"iso885915", "ISO-8859-15"},
    {"windows1250", "CP1250"},
    {"cp1250", "CP1250"},
    {"windows1251", "CP1251"},
    {"cp1251", "CP1251"},
    {"windows1252", "CP1252"},
    {"cp1252", "CP1252"},
    {"koi8r", "KOI8-R"},
    {"koi8u", "KOI8-U"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"cp936", "GB18030"},
    {"gb18030", "GB18030"},
    {"euccn", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"mskanji", "CP932"},
    {"cp932", "CP932"},
    {"windows31j", "CP932"},
    {"xsjis", "CP932"},
    {"eucjp", "EUC-JP"},
    {"euckr", "CP949"},
    {"ksc56011987", "CP949"},
    {"ksc5601", "CP949"},
    {"cp949", "CP949"},
    {"uhc", "CP949"},
    {"tis620", "TIS-620"},
    {"cp874", "TIS-620"},
    {"utf16", "UTF-16"},
};

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 64);
  while (!bytes.empty()) {
    const Utf8Character c = first_utf8_character(bytes);
    out += c.valid ? bytes.substr(0, c.length) : kReplacement;
    bytes.remove_prefix(c.length);
  }
  return out;
}

DecodedText as_utf8(std::string bytes, std::size_t skipped, std::string note = "") {
  DecodedText text;
  text.charset = "UTF-8";
  text.skipped_bytes = skipped;
  text.note = std::move(note);
  bytes.erase(0, skipped);
  text.exact = is_valid_utf8(bytes);
  text.utf8 = text.exact ? std::move(bytes) : repaired_utf8(bytes);
  if (!text.exact && text.note.empty())
    text.note =
        "some bytes are not UTF-8, which the text otherwise is: they are replaced by U+FFFD";
  return text;
}

DecodedText converted(const std::string& bytes, std::size_t skipped, const std::string& charset,
                      std::string note = "") {
  Converter converter("UTF-8", charset);
  if (!converter.ok()) return as_utf8(bytes, 0, std::move(note));
  DecodedText text;
  text.charset = charset;
  text.skipped_bytes = skipped;
  text.note = std::move(note);
  text.exact = false;
  text.utf8.reserve(bytes.size() + bytes.size() / 8);
  const std::size_t invalid =
      converter.convert(std::string_view(bytes).substr(skipped), kReplacement, text.utf8);
  if (invalid > 0 && text.note.empty())
    text.note = "some bytes are not " + charset + ": they are replaced by U+FFFD";
  return text;
}

struct Utf8Counts {
  std::size_t pairs = 0;    // characters of two bytes
  std::size_t longer = 0;   // of three or four
  std::size_t invalid = 0;  // bytes
  std::size_t characters() const { return pairs + longer; }
};
Utf8Counts count_utf8(std::string_view bytes) {
  Utf8Counts counts;
  while (!bytes.empty()) {
    const Utf8Character c = first_utf8_character(bytes);
    counts.invalid += !c.valid;
    counts.pairs += c.valid && c.length == 2;
    counts.longer += c.valid && c.length > 2;
    bytes.remove_prefix(c.length);
  }
  return counts;
}

/// For bytes that are valid UTF-8. Records that say otherwise are usually UTF-8 all the same, but
/// two bytes of an East Asian set may look like a character of UTF-8 by chance.
bool is_utf8_after_all(const Utf8Counts& counts, const std::string& charset) {
  const bool one_byte = charset.starts_with("ISO-") || charset.starts_with("CP125");
  return counts.longer > 0 || one_byte;
}

/// Text whose declared set is wrong, unknown or missing.
DecodedText guessed(std::string bytes, std::string_view declared) {
  const CharsetGuess guess = guess_charset(bytes);
  const std::string charset = known_charset(declared);
  const Utf8Counts counts = count_utf8(bytes);
  const bool damaged = counts.characters() >= counts.invalid;
  const bool is_utf8 = charset == "UTF-8" && (damaged || !guess.is_sure);
  if (is_utf8) return as_utf8(std::move(bytes), 0);
  const std::string what =
      declared.empty()  ? "the character set is not declared"
      : charset.empty() ? quoted_property("CA", declared) + " is no known character set"
                        : "the text is not what " + quoted_property("CA", declared) + " says";
  return converted(bytes, 0, guess.charset, what + ": read as " + guess.charset + ", a guess");
}

/// True if the text is certainly in another set than the declared one, which is not UTF-8.
bool is_declared_wrongly(const std::string& bytes, const std::string& charset) {
  const CharsetGuess guess = guess_charset(bytes);
  if (!guess.is_sure || guess.charset == charset) return false;
  // Every byte is valid in these, so they are often declared in vain.
  if (charset == "ISO-8859-1" || charset == "CP1252") return guess.charset != "ISO-8859-1";
  // Two East Asian sets can often both be the text's. The declared one is then trusted, unless it
  // would make much less sense.
  if (const auto plausibility = plausibility_of(charset, bytes);
      plausibility && guess.plausibility > *plausibility + kMuchMorePlausible)
    return true;
  Converter declared("UTF-8", charset), other("UTF-8", guess.charset);
  std::string out;
  return declared.ok() && other.ok() && declared.convert(bytes, "", out) > 0 &&
         other.convert(bytes, "", out) == 0;
}

}  // namespace

std::string known_charset(std::string_view declared) {
  std::string key;
  for (const char c : declared) {
    if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) key += c;
  }
  for (const Alias& alias : kAliases) {
    if (alias.name == key) return std::string(alias.iconv);
  }
  return "";
}

WideCharset wide_charset(std::string_view bytes) {
  using namespace std::string_view_literals;
  for (const auto& [mark, name] :
       {std::pair("\xFF\xFE\0\0"sv, "UTF-32LE"), std::pair("\0\0\xFE\xFF"sv, "UTF-32BE"),
        std::pair("\xFF\xFE"sv, "UTF-16LE"), std::pair("\xFE\xFF"sv, "UTF-16BE")}) {
    if (bytes.starts_with(mark)) return {name, mark.size()};
  }
  // Which of the first eight bytes are zero: those of two or four characters of ASCII.
  std::string zeros;
  for (const char c : bytes.substr(0, 8)) zeros += c == '\0' ? '0' : 'x';
  for (const auto& [pattern, name] :
       {std::pair("x000x000", "UTF-32LE"), std::pair("000x000x", "UTF-32BE"),
        std::pair("x0x0x0x0", "UTF-16LE"), std::pair("0x0x0x0x", "UTF-16BE")}) {
    if (zeros == pattern) return {name, 0};
  }
  return {};
}

DecodedText decode_text_bytes(std::string bytes, std::string_view declared) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return as_utf8(std::move(bytes), 3);
  if (const WideCharset wide = wide_charset(bytes); !wide.name.empty()) {
    const std::string guess = "no byte order mark: read as " + wide.name + ", a guess";
    return converted(bytes, wide.mark, wide.name, wide.mark > 0 ? "" : guess);
  }
  const std::string charset = known_charset(declared);
  const Utf8Counts counts = count_utf8(bytes);
  const bool trusted = !charset.empty() && charset != "UTF-8" && charset != "UTF-16";
  if (counts.invalid == 0) {
    if (!trusted || counts.characters() == 0) return as_utf8(std::move(bytes), 0);
    if (is_utf8_after_all(counts, charset))
      return as_utf8(std::move(bytes), 0,
                     quoted_property("CA", declared) + ", but the text is UTF-8: read as that");
    return converted(bytes, 0, charset);
  }
  if (!trusted || is_declared_wrongly(bytes, charset)) return guessed(std::move(bytes), declared);
  return converted(bytes, 0, charset);
}

std::size_t original_offset(const DecodedText& text, std::string_view utf8, std::size_t length) {
  length = std::min(length, utf8.size());
  if (text.exact) return text.skipped_bytes + length;
  std::string original;
  Converter converter(text.charset, "UTF-8");
  if (converter.ok()) {
    converter.convert(utf8.substr(0, length), "?", original);
  } else {
    original = utf8.substr(0, length);
  }
  return text.skipped_bytes + original.size();
}

}  // namespace ponnuki::sgf
