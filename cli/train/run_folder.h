// The folder of a training run that a command is about: --dir.
#pragma once

#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"

namespace ponnuki::cli {

/// Errors, for the user: no --dir, or no run there that has ended its first cycle.
Status expect_run_folder(const OptionSet& options, const std::string& folder);

}  // namespace ponnuki::cli
