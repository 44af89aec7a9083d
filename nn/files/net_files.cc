// Looks at names and times only; nn/files/model_file.h checks whether a file is a net.
#include "nn/files/net_files.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "engine/file.h"
#include "engine/user_folders.h"
#include "nn/files/net_catalogue.h"

namespace ponnuki::nn {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 5> kSuffixes = {".bin.gz", ".bin", ".txt.gz", ".txt",
                                                       ".safetensors"};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

bool is_net_name(const std::string& name) {
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](std::string_view s) { return name.ends_with(s); });
}

/// The newest net of a folder; among equal times the name decides. A folder that is absent or not
/// readable counts as empty.
std::optional<std::string> newest_net(const fs::path& folder) {
  using Candidate = std::pair<fs::file_time_type, std::string>;
  std::optional<Candidate> best;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || !is_net_name(it->path().filename().string())) continue;
    Candidate candidate{it->last_write_time(ignored), it->path().string()};
    if (!best || *best < candidate) best = std::move(candidate);
  }
  if (!best) return std::nullopt;
  return best->second;
}

std::optional<std::string> net_in(const fs::path& folder) {
  for (const std::string_view suffix : kSuffixes) {
    const fs::path path = folder / ("default" + std::string(suffix));
    std::error_code ignored;
    if (fs::is_regular_file(path, ignored)) return path.string();
  }
  return newest_net(folder);
}

}  // namespace

// The path of the executable is known only on Linux. Elsewhere that place is left out.
NetPlaces default_net_places() {
  NetPlaces places;
  places.file = environment("PONNUKI_NET");
  const std::string data = user_data_folder();
  if (!data.empty()) places.folders.push_back(fs::path(data) / "nets");
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (!error)
    places.folders.push_back(executable.parent_path().parent_path() / "share" / "ponnuki" / "nets");
  places.folders.emplace_back("nets");
  return places;
}

Result<std::optional<std::string>> find_net(const NetPlaces& places) {
  if (!places.file.empty()) {
    std::error_code error;
    if (!fs::exists(places.file, error)) {
      return Error{"PONNUKI_NET names '" + places.file +
                   "', which does not exist: correct or unset it"};
    }
    return std::optional(places.file);
  }
  for (const fs::path& folder : places.folders) {
    if (auto net = net_in(folder)) return net;
  }
  return std::optional<std::string>();
}

std::optional<std::string> find_net_named(const std::string& name, const NetPlaces& places) {
  if (name.empty() || name.find('/') != std::string::npos) return std::nullopt;
  for (const fs::path& folder : places.folders) {
    for (const fs::path& each : {folder, folder / "special"}) {
      for (const std::string_view suffix : kSuffixes) {
        const fs::path path = each / (name + std::string(suffix));
        std::error_code ignored;
        if (fs::is_regular_file(path, ignored)) return path.string();
      }
    }
  }
  return std::nullopt;
}

Result<std::string> net_path(const std::string& text) {
  if (file_exists(text)) return text;
  if (auto named = find_net_named(text, default_net_places())) return std::move(*named);
  if (find_in_catalogue(text) != nullptr)
    return Error{"the net '" + text + "' is not here yet: ponnuki net get " + text};
  return Error{"there is no file '" + text + "' and no net of this name (see ponnuki net list)"};
}

std::string name_of_net_file(const std::string& file) {
  for (const std::string_view suffix : kSuffixes)
    if (file.ends_with(suffix)) return file.substr(0, file.size() - suffix.size());
  return "";
}

std::string describe_net_places(const NetPlaces& places) {
  std::string text;
  if (!places.file.empty()) text += "the file " + places.file + " (from PONNUKI_NET)\n";
  for (const fs::path& folder : places.folders) text += folder.string() + "/\n";
  return text;
}

}  // namespace ponnuki::nn
