// How a child process ended, in words, for error messages.
#pragma once

#include <string>

namespace ponnuki::selfplay {

/// For a status of waitpid() or pclose(): "killed by signal 11 (Segmentation fault)",
/// "ended with exit code 1".
std::string exit_text(int wait_status);

}  // namespace ponnuki::selfplay
