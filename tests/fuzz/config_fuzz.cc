// Any bytes as a config file: refused with one line, or keys and values.
#include <cstddef>
#include <cstdint>
#include <string>

#include "cli/options/config_file.h"
#include "engine/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ponnuki;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto entries = cli::parse_config(text, "fuzz");
  if (!entries) {
    PONNUKI_CHECK(entries.error().message.find('\n') == std::string::npos);
    PONNUKI_CHECK(entries.error().message.find("fuzz") != std::string::npos);
    return 0;
  }
  int last = 0;
  for (const cli::ConfigEntry& entry : *entries) {
    PONNUKI_CHECK(!entry.key.empty() && entry.line > last);
    last = entry.line;
  }
  return 0;
}
