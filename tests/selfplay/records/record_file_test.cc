// Files of games that are killed in the middle of a block, and folders of SGF files.
#include "selfplay/records/record_file.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "engine/file.h"
#include "selfplay/records/game_sgf.h"
#include "tests/support/random_game_record.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

}  // namespace

TEST_CASE("Games writer: its size tells places apart, also after a kill in the middle of a block") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.games";
  std::vector<std::int64_t> ends;  // of the blocks
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto writer = GamesWriter::open(path);
    REQUIRE(writer);
    CHECK(writer->size() == (ends.empty() ? 0 : ends.back()));
    REQUIRE(writer->append(test::random_games(i, 1)));
    ends.push_back(writer->size());
  }
  const std::string whole = *read_file(path);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    REQUIRE(write_file_atomically(path, whole.substr(0, length)));
    const auto kept = static_cast<std::size_t>(std::ranges::count_if(
        ends, [&](std::int64_t end) { return end <= static_cast<std::int64_t>(length); }));
    auto writer = GamesWriter::open(path);
    REQUIRE(writer);
    if (kept > 0) CHECK(writer->size() == ends[kept - 1]);
    REQUIRE(writer->append(test::random_games(7, 1)));
    const auto file = read_games(path);
    REQUIRE(file);
    CHECK(file->damage.empty());
    CHECK(file->games.size() == kept + 1);
  }
}

TEST_CASE("Games writer: one process at a time, and only into files of games") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.games";
  auto writer = GamesWriter::open(path);
  REQUIRE(writer);
  const auto second = GamesWriter::open(path);
  REQUIRE_FALSE(second);
  CHECK(second.error().message == path +
                                      ": another process adds games to it; stop that one first, "
                                      "or give another file");
  for (const char* text : {"x", "a list of things", "PNKGAMES\x09   "}) {
    const std::string other = folder.write("notes.txt", text);
    CHECK_FALSE(GamesWriter::open(other));
    CHECK(*read_file(other) == text);
  }
  CHECK_FALSE(GamesWriter::open(folder / "missing/a.games"));
  CHECK_FALSE(GamesWriter::open("/dev/null"));
}

TEST_CASE("SGF folders: files of earlier processes stay, whatever else lies there") {
  const TemporaryFolder folder;
  const std::string sgf = folder / "sgf";
  REQUIRE(SgfFolder::open(sgf, "me", "test")->add(test::random_games(1, 2)));
  const std::string first = *read_file(sgf + "/000001.sgf");
  folder.write("sgf/000007.sgf", "mine");
  folder.write("sgf/notes.sgf", "mine");
  folder.write("sgf/99.txt", "mine");
  REQUIRE(SgfFolder::open(sgf, "me", "test")->add(test::random_games(3, 2)));
  CHECK(*read_file(sgf + "/000001.sgf") == first);
  CHECK(*read_file(sgf + "/000007.sgf") == "mine");
  CHECK(file_exists(sgf + "/000009.sgf"));
  CHECK(std::distance(fs::directory_iterator(sgf), {}) == 7);
}

}  // namespace ponnuki::selfplay
