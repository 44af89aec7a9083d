// Checks --dir, the folder of a training run.
#pragma once

#include <string>

#include "cli/options/option_set.h"
#include "engine/result.h"

namespace ponnuki::cli {

/// Returns an error if --dir is missing, or if it contains no run that has finished its first
/// cycle.
Status expect_run_folder(const OptionSet& options, const std::string& folder);

}  // namespace ponnuki::cli
