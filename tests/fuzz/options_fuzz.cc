// Any bytes as the arguments of a subcommand, an argument a line: read, or refused with one line.
// No subcommand is run.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/subcommand.h"
#include "engine/check.h"

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki::cli;
  if (size == 0) return 0;
  const auto all = make_subcommands();
  Subcommand& subcommand = *all[data[0] % all.size()];
  OptionSet options;
  subcommand.add_options(options);
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  // Without --config, which would read any file of this machine.
  const auto status = options.parse(lines_of(text), "", {}, false);
  if (status) {
    (void)options.given_options({});
  } else {
    PONNUKI_CHECK(!status.error().message.empty());
  }
  return 0;
}
