// Ctrl-C and SIGTERM, for subcommands that end their work in order.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// From the first call on, these signals set the flag that is returned instead of killing the
/// process.
const std::atomic<bool>* stop_signal();

}  // namespace ponnuki::cli
