// ponnuki: the program. This file connects cli/program.cc with the process: arguments, environment,
// standard streams.
#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/program.h"

int main(int argc, char** argv) {
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
