// The program: finds the subcommand, reads its options, runs it, and turns an error into one line
// on stderr and an exit code.
#pragma once

#include <string>
#include <vector>

#include "cli/subcommand.h"

namespace ponnuki::cli {

/// Runs `ponnuki ARGS...` and returns the exit code. `config_file` is the default of --config (""
/// for none).
int run_program(const std::vector<std::string>& args, const std::string& config_file,
                Streams& streams);

}  // namespace ponnuki::cli
