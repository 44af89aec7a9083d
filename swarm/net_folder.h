// NetFolder: files of nets, each named by the SHA-256 of its bytes.
#pragma once

#include <optional>
#include <string>

#include "engine/result.h"

namespace ponnuki::swarm {

class NetFolder {
 public:
  explicit NetFolder(std::string folder) : folder_(std::move(folder)) {}

  /// The path of a net's file; nothing if there is none, or if its bytes are others.
  std::optional<std::string> find(const std::string& net) const;
  /// Makes the folder if it is missing. Returns the path of the new file, and an error if the bytes
  /// are not those of this net.
  Result<std::string> put(const std::string& net, const std::string& bytes) const;
  /// Removes all but the newest files.
  void keep_newest(std::size_t count) const;

 private:
  std::string path_of(const std::string& net) const { return folder_ + "/" + net + ".bin.gz"; }

  std::string folder_;
};

}  // namespace ponnuki::swarm
