// printf to a string, for reports.
#pragma once

#include <string>

namespace ponnuki {

/// Formats like printf.
[[gnu::format(printf, 1, 2)]] std::string format(const char* pattern, ...);

}  // namespace ponnuki
