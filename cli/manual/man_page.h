// Manual pages in roff, the language of man.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/subcommand.h"

namespace ponnuki::cli {

/// "ponnuki-train-status" for "train status".
std::string man_page_name(const Subcommand& subcommand);

std::string man_page(Subcommand& subcommand);
/// The page of the program, which names all others.
std::string main_man_page(const std::vector<std::unique_ptr<Subcommand>>& subcommands);

}  // namespace ponnuki::cli
