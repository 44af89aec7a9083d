// The places where the program looks for a net when none is named, in this order:
//
//   1. $PONNUKI_NET, a file; if it is set, nothing else is tried
//   2. $XDG_DATA_HOME/ponnuki/nets/, or ~/.local/share/ponnuki/nets/ where that variable is not set
//   3. ../share/ponnuki/nets/ beside the folder of the executable
//   4. nets/ in the current folder
//
// If there is none, the program uses the built-in net (nn/files/built_in_nets.h).
//
// A net has a name where it is in one of these folders, or in special/ below it: b18 for b18.bin.gz.
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

/// The path of the net with this name ("b18" for b18.bin.gz); nothing if there is none.
std::optional<std::string> find_net_named(const std::string& name, const NetPlaces& places);
/// What commands take for a net: the path of a file, or such a name. An error says how to get it.
Result<std::string> net_path(const std::string& text);
/// "b18" for "b18.bin.gz"; "" if it is no name of a net's file.
std::string name_of_net_file(const std::string& file);

/// One line for each place, for messages and help.
std::string describe_net_places(const NetPlaces& places);

}  // namespace ponnuki::nn
