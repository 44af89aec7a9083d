// One line of GTP as a command: preprocessing of the GTP 2 draft (control characters, tabs,
// comments), the optional id, name and arguments; and small strict parsers for arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponnuki {

struct Command {
  std::string id;    // digits as sent, empty without an id
  std::string name;  // case-sensitive; empty where a line holds only an id
  std::vector<std::string> args;

  /// The arguments from number `first` on, joined by single spaces: JSON and file names have
  /// spaces.
  std::string rest(std::size_t first = 0) const;
};

/// Nothing for blank lines and comments.
std::optional<Command> parse_command(std::string_view line);

/// GoGui's interrupt: the comment line "# interrupt" in the middle of a command.
bool is_interrupt(std::string_view line);

// Strict: the whole text or nothing.
std::optional<long long> parse_integer(std::string_view text);
std::optional<double> parse_number(std::string_view text);  // finite only
std::optional<bool> parse_bool(std::string_view text);      // "true", "false" in any case

std::string to_lower(std::string_view text);

}  // namespace ponnuki
