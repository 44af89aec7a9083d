#include "cli/terminal/terminal.h"

#include <unistd.h>

#include <cstdlib>

namespace ponnuki::cli {

void add_color_option(OptionSet& options, std::string* target) {
  options.choice({"color", "WHEN", "write colours: auto, always or never"}, target,
                 {"auto", "always", "never"});
}

bool wants_color(const std::string& option) {
  if (option != "auto") return option == "always";
  const char* const off = std::getenv("NO_COLOR");
  const char* const terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string(terminal) == "dumb";
  return (off == nullptr || *off == '\0') && !dumb && isatty(STDOUT_FILENO) == 1;
}

bool errors_go_to_terminal() { return isatty(STDERR_FILENO) == 1; }

}  // namespace ponnuki::cli
