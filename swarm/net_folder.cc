#include "swarm/net_folder.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "engine/file.h"
#include "swarm/announcement.h"

namespace ponnuki::swarm {

namespace fs = std::filesystem;

std::optional<std::string> NetFolder::find(const std::string& net) const {
  if (!file_exists(path_of(net))) return std::nullopt;
  const auto bytes = read_plain_file(path_of(net));
  if (!bytes || sha256(*bytes) != net) return std::nullopt;
  return path_of(net);
}

Result<std::string> NetFolder::put(const std::string& net, const std::string& bytes) const {
  if (sha256(bytes) != net) return Error{"the hub gave another net than its checksum says"};
  PONNUKI_TRY(make_folder(folder_));
  PONNUKI_TRY(write_file_atomically(path_of(net), bytes));
  return path_of(net);
}

void NetFolder::keep_newest(std::size_t count) const {
  std::vector<std::pair<fs::file_time_type, fs::path>> nets;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder_, ignored))
    nets.emplace_back(entry.last_write_time(ignored), entry.path());
  std::ranges::sort(nets, std::greater<>());
  for (std::size_t i = count; i < nets.size(); ++i) fs::remove(nets[i].second, ignored);
}

}  // namespace ponnuki::swarm
