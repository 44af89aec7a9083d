// Runs another program and gathers what it prints.
#pragma once

#include <string>

#include "engine/result.h"

namespace ponnuki::cli {

struct CommandOutput {
  std::string text;  // stdout and stderr as they came
  int status = 0;    // as waitpid() gives it; 127 << 8 where there is no such program
};

/// `text` as one word for a POSIX shell.
std::string shell_quoted(const std::string& text);

/// Runs `command_line` by the shell, with nothing to read, and waits for its end. A program that
/// prints more than 16 MiB is stopped there.
Result<CommandOutput> output_of(const std::string& command_line);

}  // namespace ponnuki::cli
