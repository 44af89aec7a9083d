// Where a net is found without being named.
#include "nn/files/net_files.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>

#include "nn/files/net_catalogue.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::nn {
namespace {

namespace fs = std::filesystem;

class NetFolder {
 public:
  const fs::path& path() const { return path_; }
  /// Creates a file changed `age` hours ago.
  void add(const std::string& name, int age = 0) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name) << "net";
    fs::last_write_time(path_ / name, fs::file_time_type::clock::now() - std::chrono::hours(age));
  }
  /// The net found in the folders a, b and c, relative to here; "" for none.
  std::string found() const {
    const auto net = find_net({"", {path_ / "a", path_ / "b", path_ / "c"}});
    REQUIRE(net.ok());
    return *net ? fs::relative(**net, path_).string() : "";
  }

 private:
  test::TemporaryFolder folder_;
  fs::path path_ = folder_ / "";
};

TEST_CASE("folders are tried in order, absent and foreign things are passed over") {
  const NetFolder folder;
  CHECK(folder.found() == "");
  folder.add("c/net.bin.gz");
  CHECK(folder.found() == "c/net.bin.gz");
  folder.add("b/readme.md");
  fs::create_directories(folder.path() / "b" / "folder.bin.gz");
  CHECK(folder.found() == "c/net.bin.gz");
  folder.add("b/old.txt");
  CHECK(folder.found() == "b/old.txt");
}

TEST_CASE("in a folder the default wins, else the newest") {
  const NetFolder folder;
  folder.add("a/old.bin.gz", 3);
  folder.add("a/new.bin", 1);
  folder.add("a/older.txt.gz", 5);
  CHECK(folder.found() == "a/new.bin");
  folder.add("a/newest.safetensors");
  CHECK(folder.found() == "a/newest.safetensors");
  folder.add("a/default.safetensors", 12);
  CHECK(folder.found() == "a/default.safetensors");
  folder.add("a/default.txt", 9);
  CHECK(folder.found() == "a/default.txt");
  folder.add("a/default.bin.gz", 10);
  CHECK(folder.found() == "a/default.bin.gz");
}

TEST_CASE("a file named by the environment must exist") {
  const NetFolder folder;
  folder.add("x.bin.gz");
  folder.add("a/default.bin.gz");
  const std::string path = folder.path() / "x.bin.gz";
  const auto net = find_net({path, {folder.path() / "a"}});
  REQUIRE(net.ok());
  CHECK(net->value() == path);
  const auto missing = find_net({path + "x", {folder.path() / "a"}});
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().message.find("PONNUKI_NET names '" + path + "x'") != std::string::npos);
}

TEST_CASE("the default places follow the environment") {
  const auto set = [](const char* name, const char* value) {
    value ? ::setenv(name, value, 1) : ::unsetenv(name);
  };
  set("PONNUKI_NET", "some.bin.gz");
  set("XDG_DATA_HOME", "/data");
  NetPlaces places = default_net_places();
  CHECK(places.file == "some.bin.gz");
  REQUIRE(places.folders.size() == 3);
  CHECK(places.folders[0] == "/data/ponnuki/nets");
  CHECK(places.folders[2] == "nets");
  CHECK(describe_net_places(places).find("/data/ponnuki/nets/\n") != std::string::npos);
  set("PONNUKI_NET", nullptr);
  set("XDG_DATA_HOME", nullptr);
  set("HOME", "/home/player");
  places = default_net_places();
  CHECK(places.file.empty());
  CHECK(places.folders[0] == "/home/player/.local/share/ponnuki/nets");
}

TEST_CASE("a net has a name where it is in one of the folders, or among the special ones") {
  const NetFolder folder;
  const auto named = [&](const std::string& name) {
    const NetPlaces places{"", {folder.path() / "a", folder.path() / "b"}};
    const auto net = find_net_named(name, places);
    return net ? fs::relative(*net, folder.path()).string() : "";
  };
  CHECK(named("b18") == "");
  folder.add("b/b18.txt.gz");
  CHECK(named("b18") == "b/b18.txt.gz");
  folder.add("a/special/b18.bin.gz");
  CHECK(named("b18") == "a/special/b18.bin.gz");
  folder.add("a/b18.bin.gz");
  CHECK(named("b18") == "a/b18.bin.gz");
  CHECK(named("special/b18") == "");
  CHECK(named("../a/b18") == "");
  CHECK(named("b18.bin.gz") == "");
  CHECK(named("") == "");
  // Special nets are for those who name them.
  fs::remove(folder.path() / "a/b18.bin.gz");
  CHECK(folder.found() == "b/b18.txt.gz");
}

TEST_CASE("what is neither a file nor a name says how to get a net") {
  const auto words = [](const std::string& text) { return net_path(text).error().message; };
  CHECK(words("9x9") == "the net '9x9' is not here yet: ponnuki net get 9x9");
  CHECK(words("no/such") ==
        "there is no file 'no/such' and no net of this name (see ponnuki net list)");
}

TEST_CASE("the catalogue can be fetched as it says") {
  std::set<std::string_view> names, files;
  for (const CatalogueNet& net : net_catalogue()) {
    CAPTURE(std::string(net.name));
    CHECK(names.insert(net.name).second);
    CHECK(files.insert(net.file).second);
    CHECK(net.url.starts_with("https://"));
    CHECK(net.url.ends_with('/'));
    CHECK_FALSE(name_of_net_file(std::string(net.file)).empty());
    CHECK((net.sha256.empty() || net.sha256.size() == 64));
    CHECK(net.sha256.find_first_not_of("0123456789abcdef") == std::string_view::npos);
    CHECK(net.bytes >= 0);
    CHECK(find_in_catalogue(net.name) == &net);
  }
  CHECK(find_in_catalogue("b17") == nullptr);
}

}  // namespace
}  // namespace ponnuki::nn
