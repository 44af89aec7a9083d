#include "engine/sgf/charset.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace ponnuki::sgf {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

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

/// Owns an iconv handle. ok() is false if this machine lacks the character set.
class Converter {
 public:
  Converter(const std::string& to, const std::string& from)
      : handle_(::iconv_open(to.c_str(), from.c_str())) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (ok()) ::iconv_close(handle_);
  }
  bool ok() const { return reinterpret_cast<std::intptr_t>(handle_) != -1; }

  /// Appends the converted `input`. Each invalid byte becomes `replacement`.
  void convert(std::string_view input, std::string_view replacement, std::string& out) {
    std::array<char, 16384> buffer;
    char* in = const_cast<char*>(input.data());  // iconv does not write to it
    std::size_t left = input.size();
    while (left > 0) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const std::size_t result = ::iconv(handle_, &in, &left, &to, &room);
      const int problem = result == static_cast<std::size_t>(-1) ? errno : 0;
      out.append(buffer.data(), buffer.size() - room);
      if (problem != EILSEQ && problem != EINVAL) continue;
      out += replacement;
      ++in;
      --left;
    }
  }

 private:
  iconv_t handle_;
};

/// The length of the valid UTF-8 character at the start of `bytes`; 0 if there is none.
std::size_t utf8_character(std::string_view bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  if (length == 0 || bytes.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate_or_beyond =
      (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return overlong || surrogate_or_beyond ? 0 : length;
}

std::string repaired_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + 64);
  while (!bytes.empty()) {
    const std::size_t length = utf8_character(bytes);
    out += length > 0 ? bytes.substr(0, length) : kReplacement;
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

DecodedText as_utf8(std::string bytes, std::size_t skipped) {
  DecodedText text;
  text.charset = "UTF-8";
  text.skipped_bytes = skipped;
  bytes.erase(0, skipped);
  text.exact = is_valid_utf8(bytes);
  text.utf8 = text.exact ? std::move(bytes) : repaired_utf8(bytes);
  return text;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t length = utf8_character(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

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

DecodedText decode_text_bytes(std::string bytes, std::string_view declared) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return as_utf8(std::move(bytes), 3);
  DecodedText text;
  text.charset = known_charset(declared);
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    text.charset = bytes[0] == '\xFF' ? "UTF-16LE" : "UTF-16BE";
    text.skipped_bytes = 2;
  } else if (text.charset == "UTF-16") {
    // There is no byte order mark, and in UTF-16 the CA property would not have been readable.
    text.charset.clear();
  }
  if (text.charset.empty()) text.charset = is_valid_utf8(bytes) ? "UTF-8" : "ISO-8859-1";
  if (text.charset == "UTF-8") return as_utf8(std::move(bytes), 0);

  Converter converter("UTF-8", text.charset);
  if (!converter.ok()) return as_utf8(std::move(bytes), 0);
  text.exact = false;
  text.utf8.reserve(bytes.size() + bytes.size() / 8);
  converter.convert(std::string_view(bytes).substr(text.skipped_bytes), kReplacement, text.utf8);
  return text;
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
