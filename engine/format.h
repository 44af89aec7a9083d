// printf into a string, for reports.
#pragma once

#include <string>

namespace ponnuki {

/// The text that printf would print, cut off after 511 bytes.
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

}  // namespace ponnuki
