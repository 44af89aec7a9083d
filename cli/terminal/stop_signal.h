// Handles Ctrl-C, SIGTERM and SIGHUP, for subcommands that finish their work in an orderly way.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// After the first call, these signals set the returned flag instead of killing the process, and
/// interrupt system calls that wait. SIGHUP stays ignored where it is (nohup).
const std::atomic<bool>* stop_signal();
/// Set by the second of these signals: the user does not want to wait.
const std::atomic<bool>* hurry_signal();

/// SIGUSR1 sets that flag as well. Of all signals that ask for an end, it is the only one that
/// mpirun hands on and then waits.
void stop_on_user_signal();

/// From now on all of these signals do nothing: another process tells this one when to end.
void ignore_stop_signals();

}  // namespace ponnuki::cli
