// printf into a string, for reports.
#pragma once

#include <string>

namespace ponnuki {

/// At most 511 bytes; what is longer is cut off.
[[gnu::format(printf, 1, 2)]] std::string print(const char* format, ...);

}  // namespace ponnuki
