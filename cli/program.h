// The program: finds the subcommand, reads its options, runs it, and turns errors into one line and
// an exit code.
#pragma once

#include <string>
#include <vector>

#include "cli/subcommand.h"

namespace ponnuki::cli {

/// What `ponnuki ARGS...` does. Returns the exit code. `config_file` is the default of --config
/// (empty for none).
int run_program(const std::vector<std::string>& args, const std::string& config_file,
                Streams& streams);

}  // namespace ponnuki::cli
