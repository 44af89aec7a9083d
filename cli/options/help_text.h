// Help for terminals of 80 columns.
#pragma once

#include <string>

namespace ponnuki::cli {

/// `text` in lines of at most `width` characters, all but the first after `indent` blanks, broken
/// at blanks; a longer word keeps a line of its own. Ends without a newline.
std::string wrapped(const std::string& text, std::size_t indent = 0, std::size_t width = 80);

/// A row of a list: "  --visits N            stop after N visits of the root", wrapped. A long left
/// side has a line of its own.
std::string help_row(const std::string& left, const std::string& text);

}  // namespace ponnuki::cli
