#include "cli/terminal/stop_signal.h"

#include <csignal>

namespace ponnuki::cli {
namespace {

constexpr int kStopSignals[] = {SIGINT, SIGTERM, SIGHUP};

std::atomic<bool> stop_asked{false}, hurry_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void ask_to_stop(int) {
  if (stop_asked.exchange(true)) hurry_asked = true;
}

void handle(int number) {
  struct sigaction before {};
  const bool known = ::sigaction(number, nullptr, &before) == 0;
  if (number == SIGHUP && known && before.sa_handler == SIG_IGN) return;
  struct sigaction action {};
  action.sa_handler = ask_to_stop;  // without SA_RESTART: what waits for a pipe returns
  ::sigemptyset(&action.sa_mask);
  ::sigaction(number, &action, nullptr);
}

}  // namespace

const std::atomic<bool>* stop_signal() {
  for (const int number : kStopSignals) handle(number);
  return &stop_asked;
}
const std::atomic<bool>* hurry_signal() { return &hurry_asked; }

void stop_on_user_signal() { handle(SIGUSR1); }

void ignore_stop_signals() {
  for (const int number : kStopSignals) ::signal(number, SIG_IGN);
  ::signal(SIGUSR1, SIG_IGN);
}

}  // namespace ponnuki::cli
