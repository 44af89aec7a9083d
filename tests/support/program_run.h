// Runs the whole program in this process, and keeps its output and exit code.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/program.h"

namespace ponnuki::test {

struct ProgramRun {
  int code = -1;  // the exit code
  std::string out, err;
};

/// Runs `ponnuki ARGS` with an empty standard input and no config file.
inline ProgramRun run_ponnuki(const std::vector<std::string>& args) {
  std::istringstream in;
  std::ostringstream out, err;
  cli::Streams streams{in, out, err};
  const int code = cli::run_program(args, "", streams);
  return {code, out.str(), err.str()};
}

}  // namespace ponnuki::test
