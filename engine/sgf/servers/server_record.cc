#include "engine/sgf/servers/server_record.h"

#include <algorithm>

#include "engine/sgf/charset.h"
#include "engine/sgf/servers/formats.h"
#include "engine/sgf/servers/split_records.h"
#include "engine/text.h"
#include "engine/utf8.h"

namespace ponnuki::sgf {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // of UTF-8
constexpr std::size_t kHead = 4096;                 // bytes that tell the format
constexpr std::size_t kMostGames = 10'000;          // of a file

/// The value of "KEY=…" in a header that is not decoded yet. `end` ends values besides line breaks.
std::string_view raw_field(std::string_view bytes, std::string_view key, char end) {
  const std::size_t at = bytes.substr(0, 64 * kHead).find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view value = bytes.substr(at + key.size(), 40);
  const char ends[] = {'\r', '\n', end};
  return value.substr(0, value.find_first_of(std::string_view(ends, sizeof ends)));
}

/// A word of each language, in the character set that its records have.
struct Language {
  const char* charset;
  std::vector<std::string_view> words;
};

/// The character set in which the text has words that records have. "" if none.
std::string charset_by_words(std::string_view bytes) {
  const Language languages[] = {
      {"EUC-KR", {"\xbd\xc2", "\xb4\xeb\xb1\xb9", "\xc8\xe6", "\xb1\xde", "\xb4\xdc"}},
      {"GBK", {"\xca\xa4", "\xb6\xd4\xbe\xd6", "\xba\xda", "\xb6\xce", "\xd5\xbd"}},
      {"Shift_JIS", {"\x8f\x9f", "\x91\xce\x8b\xc7", "\x8d\x95", "\x92\x69", "\x94\x92"}},
      {"Big5", {"\xb3\xd3", "\xb9\xef\xa7\xbd", "\xb6\xc2", "\xac\x71", "\xa5\xd5"}},
  };
  std::string best;
  std::size_t most = 0;
  for (const Language& language : languages) {
    const auto there = [&](std::string_view word) { return bytes.find(word) != bytes.npos; };
    const auto count = static_cast<std::size_t>(std::ranges::count_if(language.words, there));
    if (count > most) best = language.charset;
    most = std::max(most, count);
  }
  return best;
}

/// The character set that a record declares or that its words tell; "" if it is UTF-8.
std::string charset_of(ServerFormat format, std::string_view bytes) {
  if (bytes.starts_with(kMark) || is_valid_utf8(bytes)) return "";
  if (format == ServerFormat::kUgf) {
    const std::string_view lang = raw_field(bytes, "Lang=", ',');
    return lang.empty() || known_charset(lang).empty() ? "Shift_JIS" : std::string(lang);
  }
  const std::string_view kind = raw_field(bytes, "GIBOKIND=", '\\');
  if (kind == "Korea") return "EUC-KR";
  if (kind == "China") return "GBK";
  if (kind == "Japan") return "Shift_JIS";
  return charset_by_words(bytes.substr(0, kHead));
}

std::string name_of(ServerFormat format) {
  if (format == ServerFormat::kGib) return "GIB";
  return format == ServerFormat::kNgf ? "NGF" : "UGF";
}

Result<ServerRecord> read_one(ServerFormat format, std::string_view text, const SgfLimits& limits) {
  if (format == ServerFormat::kGib) return read_gib(text, limits);
  return format == ServerFormat::kNgf ? read_ngf(text, limits) : read_ugf(text, limits);
}

}  // namespace

std::optional<ServerFormat> server_format(std::string_view bytes) {
  std::string_view head = bytes.substr(0, kHead);
  std::string decoded;
  if (!wide_charset(head).name.empty())
    head = decoded = decode_text_bytes(std::string(head), "").utf8;
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  const auto lines = lines_of(head);
  for (const std::string_view line : lines) {
    if (line.starts_with('(')) return std::nullopt;  // SGF
    if (line.starts_with("\\HS") || line.starts_with("\\[GIBOKIND")) return ServerFormat::kGib;
    const std::string section = to_lower(line.substr(0, 20));
    if (section == "[header]" || section == "[data]") return ServerFormat::kUgf;
  }
  if (is_ngf(lines)) return ServerFormat::kNgf;
  return std::nullopt;
}

Result<SgfTree> read_server_record(ServerFormat format, std::string bytes,
                                   const SgfLimits& limits) {
  const std::string charset = charset_of(format, bytes);
  const DecodedText decoded = decode_text_bytes(std::move(bytes), charset);
  const auto games = split_records(format, decoded.utf8);
  if (games.size() > kMostGames)
    return Error{name_of(format) + ": more than " + std::to_string(kMostGames) +
                 " games in one file"};
  SgfTree tree;
  for (std::size_t i = 0; i < games.size(); ++i) {
    const std::size_t nodes = std::min(tree.node_count(), limits.max_nodes);
    const SgfLimits left = {.max_nodes = limits.max_nodes - nodes};
    auto record = read_one(format, games[i], left);
    const std::string which = games.size() > 1 ? " game " + std::to_string(i + 1) : "";
    if (!record) return record.error().in(name_of(format) + which);
    add_game(*record, tree);
  }
  tree.set_origin(decoded.charset, decoded.note);
  return tree;
}

}  // namespace ponnuki::sgf
