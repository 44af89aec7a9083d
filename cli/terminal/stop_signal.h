// Handles Ctrl-C and SIGTERM, for subcommands that finish their work in an orderly way.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// After the first call, these signals set the returned flag instead of killing the process.
const std::atomic<bool>* stop_signal();

}  // namespace ponnuki::cli
