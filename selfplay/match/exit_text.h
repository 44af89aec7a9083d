// Describes how a child process ended, for error messages.
#pragma once

#include <string>

namespace ponnuki::selfplay {

/// Describes a status from waitpid() or pclose(): "killed by signal 11 (Segmentation fault)",
/// "ended with exit code 1".
std::string exit_text(int wait_status);

}  // namespace ponnuki::selfplay
