// The real net that tests compare with, where the machine has it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace ponnuki::test {

/// $PONNUKI_TEST_NET, or ../shared/nets/ beside the sources; nothing if absent: the test then says
/// so and returns.
inline std::optional<std::string> test_net() {
  const char* named = std::getenv("PONNUKI_TEST_NET");
  const std::string path =
      named ? named : PONNUKI_SOURCE_DIR "/../shared/nets/g170-b6c96-s175395328-d26788732.bin.gz";
  if (std::filesystem::exists(path)) return path;
  return std::nullopt;
}

}  // namespace ponnuki::test
