#include "cli/options/config_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>

namespace ponnuki::cli {
namespace {

constexpr std::streamsize kMaxBytes = 1 << 20;

std::string_view trim(std::string_view text) {
  const char* const blanks = " \t\r";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Removes a comment, which begins with '#' at the start or after a blank, outside quotes.
std::string_view without_comment(std::string_view line) {
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    const bool starts = i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t';
    if (line[i] == '#' && !quoted && starts) return line.substr(0, i);
  }
  return line;
}

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

Result<std::vector<ConfigEntry>> parse_config(const std::string& text, const std::string& name) {
  std::vector<ConfigEntry> entries;
  std::istringstream stream(text);
  std::string line;
  for (int number = 1; std::getline(stream, line); ++number) {
    const std::string_view content = trim(without_comment(line));
    if (content.empty()) continue;
    const auto equals = content.find('=');
    const std::string_view key = trim(content.substr(0, equals));
    if (equals == std::string_view::npos || key.empty()) {
      return Error{name + ":" + std::to_string(number) + ": '" + std::string(content) +
                   "' is not of the form key = value"};
    }
    const std::string_view value = unquoted(trim(content.substr(equals + 1)));
    entries.push_back({std::string(key), std::string(value), number});
  }
  return entries;
}

Result<std::vector<ConfigEntry>> read_config_file(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    return Error{"--config: '" + path + "' is a folder; give a file of lines key = value"};
  }
  // Nobody might ever fill it. The pipe of a shell's <(…) is of another kind: /dev/fd/63.
  if (std::filesystem::is_fifo(path) && !path.starts_with("/dev/") && !path.starts_with("/proc/"))
    return Error{"--config: '" + path + "' is a pipe; give a file of lines key = value"};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{"--config: cannot read '" + path + "': " + std::strerror(errno)};
  std::string text(static_cast<std::size_t>(kMaxBytes), '\0');
  file.read(text.data(), kMaxBytes);
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.peek() != std::ifstream::traits_type::eof()) {
    return Error{"--config: '" + path + "' is larger than 1 MB; is it a config file?"};
  }
  return parse_config(text, path);
}

}  // namespace ponnuki::cli
