#include "engine/sgf/servers/split_records.h"

#include <algorithm>
#include <span>

#include "engine/sgf/servers/formats.h"
#include "engine/text.h"

namespace ponnuki::sgf {
namespace {

constexpr std::size_t kNgfHeader = 12;  // lines

/// True if a record begins at the first of these lines.
bool begins_here(ServerFormat format, std::span<const std::string_view> lines) {
  switch (format) {
    case ServerFormat::kGib:
      return lines[0].starts_with("\\HS");
    case ServerFormat::kUgf:
      return to_lower(lines[0].substr(0, 20)) == "[header]";
    case ServerFormat::kNgf:
      return begins_with_ngf_header(lines.first(std::min(lines.size(), kNgfHeader)));
  }
  return false;
}

}  // namespace

std::vector<std::string_view> split_records(ServerFormat format, std::string_view text) {
  std::vector<std::string_view> records;
  const auto lines = lines_of(text);
  const char* begin = text.data();
  bool has_record = false;  // since `begin`
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!begins_here(format, std::span(lines).subspan(i))) continue;
    if (has_record) {
      records.emplace_back(begin, static_cast<std::size_t>(lines[i].data() - begin));
      begin = lines[i].data();
    }
    has_record = true;
  }
  records.emplace_back(begin, static_cast<std::size_t>(text.data() + text.size() - begin));
  return records;
}

}  // namespace ponnuki::sgf
