#include "cli/terminal/stop_signal.h"

#include <csignal>

namespace ponnuki::cli {
namespace {

std::atomic<bool> stop_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) { stop_asked = true; }

}  // namespace

const std::atomic<bool>* stop_signal() {
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  return &stop_asked;
}

}  // namespace ponnuki::cli
