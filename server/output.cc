#include "server/output.h"

#include <unistd.h>

#include <new>
#include <string>

namespace ponnuki::server {

void log_if_possible(const Log& log, std::string_view line) noexcept {
  try {
    if (log) log(line);
  } catch (const std::bad_alloc&) {
  }
}

void log_to_stderr(std::string_view line) {
  std::string text(line);
  text += '\n';
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

int report_failure(std::string_view problem) {
  log_to_stderr("Uncaught exception: " + std::string(problem));
  return kExitBadInput;
}

}  // namespace ponnuki::server
