// Levenshtein distance, for "did you mean".
#pragma once

#include <string_view>

namespace ponnuki {

/// The smallest number of letters to replace, insert or delete that turns `a` into `b`.
int edit_distance(std::string_view a, std::string_view b);

}  // namespace ponnuki
