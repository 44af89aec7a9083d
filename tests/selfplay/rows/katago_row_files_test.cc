// Files of rows that a killed process leaves behind: the next one goes on, with nothing twice and
// nothing lost that was kept.
#include "selfplay/rows/katago_row_files.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "engine/file.h"
#include "tests/support/random_game_record.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

/// The .npz files of a folder, by name, with their contents.
std::map<std::string, std::string> row_files(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".npz")
      files[entry.path().filename().string()] = *read_file(entry.path().string());
  return files;
}

/// Enough games for a file of rows.
Games many_games() { return test::random_games(1000, 700); }

}  // namespace

TEST_CASE("Row files: a process that was killed leaves games, and the next one writes their rows") {
  const TemporaryFolder whole, broken;
  const Games games = test::random_games(1, 9);
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
    REQUIRE(files->add(test::random_games(1, 1)));
  }
  CHECK(KatagoRowFiles::open(npz, 4).error().message ==
        npz + "/unwritten.games: has a game of 5x5, which is larger than --pos-len");
  folder.write("npz/starts", "many");
  CHECK(KatagoRowFiles::open(npz, 5).error().message.find("starts: is damaged") !=
        std::string::npos);
  CHECK_FALSE(KatagoRowFiles::open(folder.write("file", "x"), 5));
}

}  // namespace ponnuki::selfplay
