#include "selfplay/match/exit_text.h"

#include <sys/wait.h>

#include <cstring>

namespace ponnuki::selfplay {

std::string exit_text(int wait_status) {
  if (WIFSIGNALED(wait_status)) {
    const int signal = WTERMSIG(wait_status);
    return "killed by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
  }
  return "ended with exit code " + std::to_string(WEXITSTATUS(wait_status));
}

}  // namespace ponnuki::selfplay
