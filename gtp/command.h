// One line of GTP as a command: preprocessed as in the GTP 2 draft (control characters, tabs,
// comments), then split into the optional id, the name and the arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ponnuki::gtp {

struct Command {
  std::string id;    // digits as sent; empty if there is no id
  std::string name;  // case-sensitive; empty if the line has only an id
  std::vector<std::string> args;

  /// The arguments from number `first` on, joined by single spaces. For JSON and file names, which
  /// contain spaces.
  std::string rest(std::size_t first = 0) const;
};

/// Returns nothing for blank lines and comments.
std::optional<Command> parse_command(std::string_view line);

}  // namespace ponnuki::gtp
