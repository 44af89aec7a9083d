// Handles Ctrl-C, SIGTERM and SIGHUP, for subcommands that finish their work in an orderly way.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// After the first call, these signals set the returned flag instead of killing the process, and
/// interrupt system calls that wait. SIGHUP stays ignored where it is (nohup).
const std::atomic<bool>* stop_signal();

}  // namespace ponnuki::cli
