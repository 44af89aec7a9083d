#include "cli/bench/command_output.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace ponnuki::cli {
namespace {

constexpr std::size_t kMost = std::size_t{16} << 20;

}  // namespace

std::string shell_quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

// With exec the exit status is the program's, not the shell's.
Result<CommandOutput> output_of(const std::string& command_line) {
  std::FILE* const pipe = popen(("exec " + command_line + " </dev/null 2>&1").c_str(), "r");
  if (pipe == nullptr) return Error{std::string("cannot start a shell: ") + std::strerror(errno)};
  CommandOutput output;
  std::array<char, 4096> buffer;
  while (output.text.size() < kMost) {
    const std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe);
    if (count == 0) break;
    output.text.append(buffer.data(), count);
  }
  output.status = pclose(pipe);  // ends a program that still writes
  return output;
}

}  // namespace ponnuki::cli
