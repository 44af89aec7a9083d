// The user's own folders for this program, by the XDG Base Directory Specification.
#pragma once

#include <string>

namespace ponnuki {

/// $XDG_DATA_HOME/ponnuki, else ~/.local/share/ponnuki; "" if neither is known.
std::string user_data_folder();
/// $XDG_CACHE_HOME/ponnuki, else ~/.cache/ponnuki; "" if neither is known.
std::string user_cache_folder();

}  // namespace ponnuki
