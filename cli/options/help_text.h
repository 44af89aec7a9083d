// Formats help text for terminals of 80 columns.
#pragma once

#include <string>
#include <vector>

namespace ponnuki::cli {

/// Breaks `text` at blanks into lines of at most `width` characters. Indents all lines but the
/// first by `indent` blanks. A longer word gets its own line. Ends without a newline.
std::string wrapped(const std::string& text, std::size_t indent = 0, std::size_t width = 80);

/// The parts of a text between its blank lines.
std::vector<std::string> paragraphs_of(const std::string& text);

/// A row of a list, wrapped: "  --visits N            stop after N visits of the root". A long left
/// side gets its own line.
std::string help_row(const std::string& left, const std::string& text);

}  // namespace ponnuki::cli
