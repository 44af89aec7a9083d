// Handles Ctrl-C, SIGTERM and SIGHUP, for subcommands that finish their work in an orderly way.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// After the first call, these signals set the returned flag instead of killing the process, and
/// interrupt system calls that wait. SIGHUP stays ignored where it is (nohup).
const std::atomic<bool>* stop_signal();
/// Set by the second of these signals: the user does not want to wait.
const std::atomic<bool>* hurry_signal();

}  // namespace ponnuki::cli
