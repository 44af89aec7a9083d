#include "engine/print.h"

#include <cstdarg>
#include <cstdio>

namespace ponnuki {

std::string print(const char* format, ...) {
  char text[512];
  std::va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

}  // namespace ponnuki
