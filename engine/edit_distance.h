// Levenshtein's distance, for "did you mean".
#pragma once

#include <string_view>

namespace ponnuki {

/// The fewest letters to replace, add or leave out that make one word the other.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace ponnuki
