// Where the program looks for a net when none is named, in this order:
//
//   1. $PONNUKI_NET, a file; if it is set, nothing else is tried
//   2. $XDG_DATA_HOME/ponnuki/nets/, or ~/.local/share/ponnuki/nets/ where that variable is not set
//   3. ../share/ponnuki/nets/ beside the folder of the executable
//   4. nets/ in the current folder
//
// Where none is found, the program takes the one inside it (nn/files/built_in_net.h).
//
// In a folder, default.bin.gz (or default.bin, default.txt.gz, default.txt, default.safetensors)
// wins; else the file of these kinds that was changed last.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"

namespace ponnuki::nn {

struct NetPlaces {
  std::string file;                            // as in 1; may be empty
  std::vector<std::filesystem::path> folders;  // as in 2 to 4, first come first served
};

/// From the environment of this process.
NetPlaces default_net_places();

/// The path of a net, or nothing if there is none. Error if `places.file` is named but absent. The
/// file is not read.
Result<std::optional<std::string>> find_net(const NetPlaces& places);

/// One line a place, for messages and help.
std::string describe_net_places(const NetPlaces& places);

}  // namespace ponnuki::nn
