#include "engine/format.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>

namespace ponnuki {

std::string format(const char* pattern, ...) {
  std::va_list arguments, again;
  va_start(arguments, pattern);
  va_copy(again, arguments);
  char text[512];  // enough for most
  const int size = std::max(std::vsnprintf(text, sizeof text, pattern, arguments), 0);
  std::string result(text, std::min<std::size_t>(static_cast<std::size_t>(size), sizeof text - 1));
  if (static_cast<std::size_t>(size) >= sizeof text) {
    result.resize(static_cast<std::size_t>(size));
    std::vsnprintf(result.data(), result.size() + 1, pattern, again);
  }
  va_end(again);
  va_end(arguments);
  return result;
}

}  // namespace ponnuki
