// Runs another program and collects its output.
#pragma once

#include <string>

#include "engine/result.h"

namespace ponnuki::cli {

struct CommandOutput {
  std::string text;  // stdout and stderr together
  int status = 0;    // as from waitpid(); 127 << 8 if there is no such program
};

/// `text` quoted as one word for a POSIX shell.
std::string shell_quoted(const std::string& text);

/// Runs `command_line` in a shell with an empty input, and waits for its end. Stops a program that
/// prints more than 16 MiB.
Result<CommandOutput> output_of(const std::string& command_line);

}  // namespace ponnuki::cli
