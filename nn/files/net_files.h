// The places where the program looks for a net when none is named, in this order:
//
//   1. $PONNUKI_NET, a file; if it is set, nothing else is tried
//   2. $XDG_DATA_HOME/ponnuki/nets/, or ~/.local/share/ponnuki/nets/ where that variable is not set
//   3. ../share/ponnuki/nets/ beside the folder of the executable
//   4. nets/ in the current folder
//
// If there is none, the program uses the built-in net (nn/files/built_in_nets.h).
//
// In a folder, default.bin.gz (or default.bin, default.txt.gz, default.txt, default.safetensors)
// comes first; without it, the most recently changed file of these kinds is used.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"

namespace ponnuki::nn {

struct NetPlaces {
  std::string file;                            // place 1; may be empty
  std::vector<std::filesystem::path> folders;  // places 2 to 4; the first with a net counts
};

/// The places for the environment of this process.
NetPlaces default_net_places();

/// The path of the first net found, or nothing if there is none. Returns an error if `places.file`
/// is set but the file is absent. Does not read the file.
Result<std::optional<std::string>> find_net(const NetPlaces& places);

/// One line for each place, for messages and help.
std::string describe_net_places(const NetPlaces& places);

}  // namespace ponnuki::nn
