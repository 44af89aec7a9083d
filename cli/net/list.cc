// ponnuki net list: the nets that have names, those of the catalogue and the user's own.
#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "cli/subcommand.h"
#include "engine/format.h"
#include "engine/printable.h"
#include "nn/files/net_catalogue.h"
#include "nn/files/net_files.h"

namespace ponnuki::cli {
namespace {

namespace fs = std::filesystem;

std::string megabytes(std::int64_t bytes) {
  return bytes == 0 ? "?" : format("%.0f MB", static_cast<double>(bytes) / 1e6);
}

std::int64_t size_of(const std::string& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  return error ? 0 : static_cast<std::int64_t>(size);
}

class NetList : public Subcommand {
 public:
  std::string name() const override { return "net list"; }
  std::string summary() const override { return "lists nets that --net knows by name"; }
  std::string details() const override {
    return "First the catalogue, which 'ponnuki net get NAME' fetches: a star says that the net is "
           "here. Then other nets in the folders where nets are looked for. Nothing is asked from "
           "the network.";
  }
  void add_options(OptionSet&) override {}

  Result<int> run(const OptionSet&, Streams& streams) override {
    const nn::NetPlaces places = nn::default_net_places();
    std::set<std::string> told;
    for (const nn::CatalogueNet& net : nn::net_catalogue()) {
      const std::string name(net.name);
      const auto here = nn::find_net_named(name, places);
      told.insert(name);
      const std::int64_t bytes = here ? size_of(*here) : net.bytes;
      row(here.has_value(), name, megabytes(bytes), std::string(net.about), streams);
    }
    for (const std::string& path : own_nets(places)) {
      const std::string own = nn::name_of_net_file(fs::path(path).filename().string());
      if (told.insert(own).second)
        row(true, printable(own), megabytes(size_of(path)), printable(path), streams);
    }
    PONNUKI_TRY(const auto first, nn::find_net(places));
    streams.out << "\nWithout --net: " << (first ? printable(*first) : "the net inside the program")
                << "\nThe nets of 2020 are in the public domain; for the others see "
                   "https://katagotraining.org/network_license\n";
    return kExitOk;
  }

 private:
  static void row(bool is_here, const std::string& name, const std::string& size,
                  const std::string& about, Streams& streams) {
    streams.out << format("%s %-10s %7s  %s\n", is_here ? "*" : " ", name.c_str(), size.c_str(),
                          about.c_str());
  }

  static std::vector<std::string> own_nets(const nn::NetPlaces& places) {
    std::vector<std::string> paths;
    for (const fs::path& folder : places.folders) {
      for (const fs::path& each : {folder, folder / "special"}) {
        std::error_code error;
        for (fs::directory_iterator it(each, error), end; !error && it != end;
             it.increment(error)) {
          const std::string file = it->path().filename().string();
          if (!nn::name_of_net_file(file).empty()) paths.push_back(it->path().string());
        }
      }
    }
    std::ranges::sort(paths);
    return paths;
  }
};

}  // namespace

std::unique_ptr<Subcommand> make_net_list() { return std::make_unique<NetList>(); }

}  // namespace ponnuki::cli
