// The files of review/page/, which are built into the program.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace ponnuki::review {

std::string_view page_style();
std::string page_script();
/// report.html with each {{name}} replaced by its text. The texts are inserted without escaping.
std::string fill_page(const std::map<std::string, std::string>& texts);

}  // namespace ponnuki::review
