// Preprocessing as in section 3.1 of the GTP 2 draft, then splitting into words.
#include "gtp/command.h"

#include <algorithm>

#include "engine/text.h"

namespace ponnuki::gtp {

namespace {

/// GTP 2 preprocessing: removes control characters except tab, removes comments, and converts tabs
/// to spaces.
std::string preprocess(std::string_view line) {
  std::string text = without_controls(line.substr(0, line.find('#')));
  std::replace(text.begin(), text.end(), '\t', ' ');
  return text;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(' ', at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool all_digits(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

std::string Command::rest(std::size_t first) const {
  std::string text;
  for (std::size_t i = first; i < args.size(); ++i) {
    if (i > first) text += ' ';
    text += args[i];
  }
  return text;
}

std::optional<Command> parse_command(std::string_view line) {
  std::vector<std::string> words = split_words(preprocess(line));
  if (words.empty()) return std::nullopt;
  Command command;
  std::size_t used = 0;
  if (all_digits(words[0])) command.id = words[used++];
  if (used < words.size()) command.name = words[used++];
  command.args.assign(words.begin() + static_cast<std::ptrdiff_t>(used), words.end());
  return command;
}

}  // namespace ponnuki::gtp
