// Whether the standard streams are terminals, and whether to write colours
// (--color auto|always|never).
#pragma once

#include <string>

#include "cli/options/option_set.h"

namespace ponnuki::cli {

void add_color_option(OptionSet& options, std::string* target);
/// With "auto": true if standard output is a terminal and NO_COLOR is not set (no-color.org).
bool wants_color(const std::string& option);

/// True if standard error is a terminal, so that a line that is redrawn, such as a progress bar,
/// makes sense.
bool errors_go_to_terminal();

}  // namespace ponnuki::cli
