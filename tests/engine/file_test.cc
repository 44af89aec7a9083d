// Files, pipes and devices: what can be written, and that nothing else is lost.
#include "engine/file.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "tests/support/temporary_folder.h"

using namespace ponnuki;
namespace fs = std::filesystem;

TEST_CASE("Files: a link is written through, and remains") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("deep/file", "old"), link = folder / "link";
  fs::create_symlink(file, link);
  REQUIRE(write_file_atomically(link, "new").ok());
  CHECK(fs::is_symlink(link));
  CHECK(*read_file(file) == "new");
}

TEST_CASE("Files: what must be a plain file is refused at once where it is a pipe or a device") {
  const test::TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::string& path : {pipe, std::string("/dev/null")}) {
    const auto bytes = read_plain_file(path);
    REQUIRE_FALSE(bytes);
    CHECK(bytes.error().message ==
          "cannot read '" + path + "': it is a pipe or a device; give a file");
  }
  REQUIRE(write_file_atomically(folder / "plain", "text").ok());
  CHECK(*read_plain_file(folder / "plain") == "text");
}

TEST_CASE("Files: pipes and devices are written as they are") {
  const test::TemporaryFolder folder;
  const std::string pipe = folder / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(is_stream(pipe));
  std::jthread writer([&] { (void)write_file_atomically(pipe, "through"); });
  CHECK(*read_file(pipe) == "through");
  writer.join();
  CHECK(is_stream(pipe));
  CHECK(write_file_atomically("/dev/null", "gone").ok());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK_FALSE(write_file_atomically("/dev/full", "too much").ok());
}

TEST_CASE("Files: whether one can be written is known without writing it") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("file", "old");
  CHECK(check_can_write(file).ok());
  CHECK(check_can_write(folder / "new").ok());
  CHECK(check_can_write("/dev/stdout").ok());
  CHECK(std::distance(fs::directory_iterator(folder / ""), fs::directory_iterator()) == 1);
  CHECK(*read_file(file) == "old");
  for (const std::string& bad : {std::string(), folder / "", folder / "no/file", file + "/below",
                                 folder / std::string(300, 'x'), std::string("/proc/x")}) {
    INFO(bad);
    CHECK_FALSE(check_can_write(bad).ok());
  }
  CHECK(make_folder_for_files(folder / "a/b").ok());
  CHECK(fs::is_empty(folder / "a/b"));
  CHECK(check_can_make_folder(folder / "a/b").ok());
  CHECK(check_can_make_folder(folder / "new/deep").ok());
  CHECK(check_can_make_folder("new/deep").ok());
  CHECK_FALSE(fs::exists(folder / "new"));
  for (const std::string& bad : {file, file + "/below/deep", std::string("/proc/x/y")}) {
    INFO(bad);
    CHECK_FALSE(check_can_make_folder(bad).ok());
  }
  for (const std::string& bad :
       {file, file + "/below", folder / std::string(300, 'x'), std::string("/proc/x")}) {
    INFO(bad);
    CHECK_FALSE(make_folder_for_files(bad).ok());
  }
}

TEST_CASE("Files: what is read is bounded, whatever it is") {
  CHECK(read_file("/dev/zero", 1000).error().message ==
        "'/dev/zero' is longer than the limit of 1000 bytes");
  CHECK(read_file("/tmp").error().message == "cannot read '/tmp': it is a folder");
  CHECK_FALSE(read_file("/nowhere").ok());
}
