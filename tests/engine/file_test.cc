// Files, pipes and devices: what can be written, and that nothing else is lost.
#include "engine/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

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

TEST_CASE("Files: links to links, to nothing, and in a circle") {
  const test::TemporaryFolder folder;
  folder.write("deep/file", "old");
  fs::create_symlink("second", folder / "deep/first");  // relative to their own folder
  fs::create_symlink("file", folder / "deep/second");
  REQUIRE(write_file_atomically(folder / "deep/first", "new").ok());
  CHECK(fs::is_symlink(folder / "deep/first"));
  CHECK(fs::is_symlink(folder / "deep/second"));
  CHECK(*read_file(folder / "deep/file") == "new");

  fs::create_symlink("deep/later", folder / "early");
  CHECK(check_can_write(folder / "early").ok());
  REQUIRE(write_file_atomically(folder / "early", "here").ok());
  CHECK(fs::is_symlink(folder / "early"));
  CHECK(*read_file(folder / "deep/later") == "here");

  fs::create_symlink("/dev/null", folder / "null");
  REQUIRE(write_file_atomically(folder / "null", "gone").ok());
  CHECK(fs::is_symlink(folder / "null"));
  CHECK(fs::is_character_file("/dev/null"));

  fs::create_symlink("b", folder / "a");
  fs::create_symlink("a", folder / "b");
  for (const std::string& bad : {folder / "a", folder / "deep"}) {
    INFO(bad);
    const Status status = write_file_atomically(bad, "x");
    REQUIRE_FALSE(status.ok());
    CHECK(status.error().message.find("give the name of a file") != std::string::npos);
    CHECK_FALSE(check_can_write(bad).ok());
  }
  CHECK(fs::is_symlink(folder / "a"));
}

TEST_CASE("Files: a file that is written anew keeps its mode") {
  const test::TemporaryFolder folder;
  const std::string file = folder.write("file", "old");
  for (const auto mode : {0600, 0640, 0755}) {
    fs::permissions(file, static_cast<fs::perms>(mode));
    REQUIRE(write_file_atomically(file, "new").ok());
    CHECK(static_cast<int>(fs::status(file).permissions()) == mode);
  }
}

namespace {

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("Files: what a killed process has left is used up by the next one") {
  const test::TemporaryFolder folder;
  folder.write("file.tmp-000000", "a longer half of a file");
  REQUIRE(write_file_atomically(folder / "file", "whole").ok());
  CHECK(names_in(folder / "") == std::vector<std::string>{"file"});
  CHECK(*read_file(folder / "file") == "whole");

  // Somebody else's file or link of this name is left alone.
  const std::string mine = folder.write("mine", "mine");
  fs::create_symlink(mine, folder / "file.tmp-000000");
  REQUIRE(write_file_atomically(folder / "file", "again").ok());
  fs::remove(folder / "file.tmp-000000");
  fs::create_hard_link(mine, folder / "file.tmp-000000");
  REQUIRE(write_file_atomically(folder / "file", "and again").ok());
  CHECK(*read_file(mine) == "mine");
  CHECK(names_in(folder / "") == std::vector<std::string>{"file", "file.tmp-000000", "mine"});
}

TEST_CASE("Files: temporary files are removed by the name of their target, unless in use") {
  const test::TemporaryFolder folder;
  for (const char* name : {"own.tmp-000000", "own.tmp-aB3xyz", "own.tmp-short", "own.tmp-toolong",
                           "notes.tmp-backup", ".tmp-000000", "own", "own.tmp-in.use"})
    folder.write(name, "x");
  const std::string busy = folder.write("own.tmp-locked", "x");
  const int fd = ::open(busy.c_str(), O_RDWR);
  REQUIRE(::flock(fd, LOCK_EX) == 0);
  const auto remove = [&] {
    remove_temporary_files(folder / "", [](std::string_view name) { return name == "own"; });
  };
  remove();
  CHECK(names_in(folder / "") == std::vector<std::string>{".tmp-000000", "notes.tmp-backup", "own",
                                                          "own.tmp-in.use", "own.tmp-locked",
                                                          "own.tmp-short", "own.tmp-toolong"});
  ::close(fd);
  remove();
  CHECK_FALSE(fs::exists(busy));
}

TEST_CASE("Files: a damaged file is set aside, and never over another one") {
  const test::TemporaryFolder folder;
  for (const char* aside : {"file.damaged", "file.damaged-2", "file.damaged-3"}) {
    const std::string file = folder.write("file", aside);
    CHECK(*set_aside(file) == folder / aside);
    CHECK_FALSE(fs::exists(file));
    CHECK(*read_file(folder / aside) == aside);
  }
  CHECK_FALSE(set_aside(folder / "nothing"));
}

TEST_CASE("Files: names as long as the file system allows") {
  const test::TemporaryFolder folder;
  const std::string name(255, 'n');
  REQUIRE(write_file_atomically(folder / name, "x").ok());
  CHECK(names_in(folder / "") == std::vector<std::string>{name});
  CHECK_FALSE(write_file_atomically(folder / (name + "n"), "x").ok());
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
