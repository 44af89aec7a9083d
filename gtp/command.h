// One line of GTP as a command: preprocessing of the GTP 2 draft (control characters, tabs,
// comments), the optional id, name and arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponnuki::gtp {

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

}  // namespace ponnuki::gtp
