// Real nets for comparison, if they are available.
#pragma once

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace ponnuki::test {

/// The net in $PONNUKI_TEST_NET, or in ../shared/nets/ beside the sources. Nothing if it is
/// missing; the test then warns and returns.
inline std::optional<std::string> test_net() {
  const char* named = std::getenv("PONNUKI_TEST_NET");
  const std::string path =
      named ? named : PONNUKI_SOURCE_DIR "/../shared/nets/g170-b6c96-s175395328-d26788732.bin.gz";
  if (std::filesystem::exists(path)) return path;
  return std::nullopt;
}

/// Transformer nets trained by KataGo: the files in $PONNUKI_TEST_TRANSFORMER_NETS, or in
/// ../shared/nets/transformers beside the sources. Empty, with a warning, if there are none.
inline std::vector<std::string> transformer_nets() {
  const char* named = std::getenv("PONNUKI_TEST_TRANSFORMER_NETS");
  const std::filesystem::path folder =
      named ? named : PONNUKI_SOURCE_DIR "/../shared/nets/transformers";
  std::vector<std::string> nets;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& file : std::filesystem::directory_iterator(folder))
      if (file.path().string().ends_with(".bin.gz")) nets.push_back(file.path().string());
  }
  if (nets.empty()) WARN("no transformer nets: skipped");
  return nets;
}

}  // namespace ponnuki::test
