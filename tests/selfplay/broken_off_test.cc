// What a kill at a bad moment leaves behind, and how the next process goes on: nothing twice, and
// nothing lost that was kept.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "engine/file.h"
#include "selfplay/game_seeds.h"
#include "selfplay/game_sgf.h"
#include "selfplay/katago_row_files.h"
#include "selfplay/record_file.h"
#include "tests/support/random_game_record.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

std::shared_ptr<const GameRecord> game_of(std::uint64_t seed) { return test::random_game(seed); }

Games games_of(std::uint64_t first, std::uint64_t count) {
  Games games;
  for (std::uint64_t i = 0; i < count; ++i) games.push_back(game_of(first + i));
  return games;
}

/// The .npz files of a folder, by name, with their contents.
std::map<std::string, std::string> row_files(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".npz")
      files[entry.path().filename().string()] = *read_file(entry.path().string());
  return files;
}

/// Enough games for a file of rows.
Games many_games() { return games_of(1000, 700); }

}  // namespace

TEST_CASE("Game seeds: others for each seed, place and thread, and the same ones again") {
  std::set<std::uint64_t> all;
  std::size_t count = 0;
  const auto add = [&](const std::vector<std::uint64_t>& seeds) {
    all.insert(seeds.begin(), seeds.end());
    count += seeds.size();
  };
  for (std::uint64_t seed = 0; seed < 3; ++seed)
    for (std::int64_t cycle = 0; cycle < 20; ++cycle)
      for (const std::int64_t length : {0, 12, 13, 4096})
        add(game_seeds(seed, {cycle, length}, 40));
  CHECK(all.size() == count);
  CHECK(game_seeds(1, {2, 3}, 4) == game_seeds(1, {2, 3}, 4));
  CHECK(game_seeds(1, {2, 3}, 8)[3] == game_seeds(1, {2, 3}, 4)[3]);
  CHECK(game_seeds(1, {2, 3}, 1) != game_seeds(1, {3, 2}, 1));
}

TEST_CASE("Games writer: its size tells places apart, also after a kill in the middle of a block") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.games";
  std::vector<std::int64_t> ends;  // of the blocks
  for (std::uint64_t i = 0; i < 3; ++i) {
    auto writer = GamesWriter::open(path);
    REQUIRE(writer);
    CHECK(writer->size() == (ends.empty() ? 0 : ends.back()));
    REQUIRE(writer->append(games_of(i, 1)));
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
    REQUIRE(writer->append(games_of(7, 1)));
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

TEST_CASE("Row files: a process that was killed leaves games, and the next one writes their rows") {
  const TemporaryFolder whole, broken;
  const Games games = games_of(1, 9);
  {
    auto files = KatagoRowFiles::open(whole / "npz", 5);
    REQUIRE(files);
    CHECK(files->earlier_starts() == 0);
    REQUIRE(files->add(games));
    REQUIRE(files->flush());
  }
  for (int part = 0; part < 3; ++part) {
    auto files = KatagoRowFiles::open(broken / "npz", 5);
    REQUIRE(files);
    CHECK(files->earlier_starts() == part);
    CHECK(files->left_over() == 3 * part);
    REQUIRE(files->add(Games(games.begin() + 3 * part, games.begin() + 3 * (part + 1))));
    // killed
  }
  CHECK(row_files(broken / "npz").empty());
  REQUIRE(KatagoRowFiles::open(broken / "npz", 5)->flush());
  CHECK(row_files(broken / "npz") == row_files(whole / "npz"));
  CHECK(KatagoRowFiles::open(broken / "npz", 5)->left_over() == 0);
}

TEST_CASE(
    "Row files: killed between a file of rows and forgetting its games, no row is there twice") {
  const TemporaryFolder folder;
  const std::string npz = folder / "npz", unwritten = npz + "/unwritten.games";
  const Games games = many_games();
  std::string before;
  {
    auto files = KatagoRowFiles::open(npz, 5);
    REQUIRE(files);
    REQUIRE(files->add(games));
    CHECK(files->written() >= KatagoRowFiles::kRowsPerFile);
    CHECK(files->written() < KatagoRowFiles::kRowsPerFile + 100);
    before = *read_file(unwritten);
    REQUIRE(files->flush());
  }
  const auto written = row_files(npz);
  REQUIRE(written.size() == 2);
  const auto again = [&](const std::string& left) {
    REQUIRE(write_file_atomically(unwritten, left));
    auto files = KatagoRowFiles::open(npz, 5);
    REQUIRE(files);
    CHECK(files->left_over() == 0);
    REQUIRE(files->flush());
    CHECK(files->written() == 0);
    CHECK(row_files(npz) == written);
  };
  again(games_file(games));  // neither file's games are forgotten
  again(before);             // those of the second file are not
}

TEST_CASE("Row files: what cannot go on gets a clear no before any game") {
  const TemporaryFolder folder;
  const std::string npz = folder / "npz";
  {
    auto files = KatagoRowFiles::open(npz, 5);
    REQUIRE(files);
    CHECK(KatagoRowFiles::open(npz, 5).error().message.find("another process writes rows there") !=
          std::string::npos);
    REQUIRE(files->add(games_of(1, 1)));
  }
  CHECK(KatagoRowFiles::open(npz, 4).error().message ==
        npz + "/unwritten.games: has a game of 5x5, which is larger than --pos-len");
  folder.write("npz/starts", "many");
  CHECK(KatagoRowFiles::open(npz, 5).error().message.find("starts: is damaged") !=
        std::string::npos);
  CHECK_FALSE(KatagoRowFiles::open(folder.write("file", "x"), 5));
}

TEST_CASE("SGF folders: files of earlier processes stay, whatever else lies there") {
  const TemporaryFolder folder;
  const std::string sgf = folder / "sgf";
  REQUIRE(SgfFolder::open(sgf, "me", "test")->add(games_of(1, 2)));
  const std::string first = *read_file(sgf + "/000001.sgf");
  folder.write("sgf/000007.sgf", "mine");
  folder.write("sgf/notes.sgf", "mine");
  folder.write("sgf/99.txt", "mine");
  REQUIRE(SgfFolder::open(sgf, "me", "test")->add(games_of(3, 2)));
  CHECK(*read_file(sgf + "/000001.sgf") == first);
  CHECK(*read_file(sgf + "/000007.sgf") == "mine");
  CHECK(file_exists(sgf + "/000009.sgf"));
  CHECK(std::distance(fs::directory_iterator(sgf), {}) == 7);
}

}  // namespace ponnuki::selfplay
