// Ctrl-C and SIGTERM, for subcommands that bring their work to an orderly end.
#pragma once

#include <atomic>

namespace ponnuki::cli {

/// From the first call on these signals set what it points to instead of killing the process.
const std::atomic<bool>* stop_signal();

}  // namespace ponnuki::cli
