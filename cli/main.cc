// ponnuki: the program. This file connects cli/program.cc with the process: arguments, environment,
// standard streams.
#include <iconv.h>

#include <cstdint>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/program.h"

namespace {

/// scripts/package tarball brings character sets along, which GCONV_PATH names. The C library notes
/// the variable at the first use; programs that we start have sets of their own.
void use_bundled_character_sets() {
  if (std::getenv("PONNUKI_BUNDLE") == nullptr) return;
  const iconv_t handle = ::iconv_open("UTF-8", "ISO-8859-1");
  if (reinterpret_cast<std::intptr_t>(handle) != -1) ::iconv_close(handle);
  ::unsetenv("GCONV_PATH");
  ::unsetenv("PONNUKI_BUNDLE");
}

}  // namespace

int main(int argc, char** argv) {
  use_bundled_character_sets();
  const char* const config = std::getenv("PONNUKI_CONFIG");
  ponnuki::cli::Streams streams{std::cin, std::cout, std::cerr};
  try {
    return ponnuki::cli::run_program({argv + 1, argv + argc}, config == nullptr ? "" : config,
                                     streams);
  } catch (const std::exception& error) {
    std::cerr << "ponnuki: " << error.what() << std::endl;
    return ponnuki::cli::kExitFailed;
  }
}
