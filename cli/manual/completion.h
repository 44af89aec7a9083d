// Shell completion: scripts that complete subcommands, options, files and choices at the Tab key.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/subcommand.h"

namespace ponnuki::cli {

using Subcommands = std::vector<std::unique_ptr<Subcommand>>;

std::string bash_completion(const Subcommands& subcommands);
std::string zsh_completion(const Subcommands& subcommands);
std::string fish_completion(const Subcommands& subcommands);

}  // namespace ponnuki::cli
