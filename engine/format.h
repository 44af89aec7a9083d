// printf to a string, for reports.
#pragma once

#include <string>

namespace ponnuki {

/// Formats like printf. Cuts the text off after 511 bytes.
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

}  // namespace ponnuki
