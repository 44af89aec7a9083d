// Damaged files of games: what a checksum proves is kept, the rest is told, and nothing is
// overwritten.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "engine/file.h"
#include "engine/random.h"
#include "selfplay/records/record_file.h"
#include "tests/support/random_game_record.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

using test::TemporaryFolder;

constexpr std::size_t kHeader = 12;

/// Four blocks of a game each.
struct Blocks {
  std::string bytes = games_file({});
  std::vector<std::size_t> ends = {kHeader};

  Blocks() {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const std::string file = games_file(test::random_games(seed, 1));
      bytes += file.substr(kHeader);
      ends.push_back(bytes.size());
    }
  }
  std::string with(std::size_t at, std::string_view other) const {
    std::string damaged = bytes;
    damaged.replace(at, other.size(), other);
    return damaged;
  }
  std::string flipped(std::size_t at, int bit) const {
    return with(at, std::string(1, static_cast<char>(bytes[at] ^ 1 << bit)));
  }
};

std::string write(const TemporaryFolder& folder, const std::string& bytes) {
  const std::string path = folder / "a.games";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

}  // namespace

TEST_CASE("Damaged games: every bit of the header") {
  const TemporaryFolder folder;
  const Blocks blocks;
  for (std::size_t at = 0; at < kHeader; ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      CAPTURE(at, bit);
      const std::string path = write(folder, blocks.flipped(at, bit));
      const auto file = read_games(path);
      REQUIRE(file);
      CHECK(file->games.size() == 4);
      CHECK(file->damage == path + ": the header is damaged");
    }
  }
}

TEST_CASE("Damaged games: every bit of a block costs this block at most") {
  const TemporaryFolder folder;
  const Blocks blocks;
  for (std::size_t at = blocks.ends[1]; at < blocks.ends[2]; ++at) {
    for (int bit = 0; bit < 8; bit += at < blocks.ends[1] + 8 ? 1 : 5) {
      CAPTURE(at, bit);
      const auto file = read_games(write(folder, blocks.flipped(at, bit)));
      REQUIRE(file);
      const bool is_length = at < blocks.ends[1] + 4;
      CHECK(file->games.size() == (is_length ? 4 : 3));
      CHECK(file->damage.ends_with(is_length
                                       ? "the length of block 2 is damaged, its games are kept"
                                       : "block 2 is damaged and left out"));
    }
  }
}

TEST_CASE("Damaged games: holes anywhere") {
  const TemporaryFolder folder;
  const Blocks blocks;
  Random random(1, 1);
  for (int i = 0; i < 200; ++i) {
    const std::size_t begin = random.below(static_cast<std::uint32_t>(blocks.bytes.size()));
    const std::size_t end = std::min(begin + 1 + random.below(200), blocks.bytes.size());
    CAPTURE(begin, end);
    const std::string bytes = blocks.with(begin, std::string(end - begin, '\xee'));
    std::size_t whole = 0;
    for (std::size_t b = 0; b < 4; ++b)
      whole += end <= blocks.ends[b] || begin >= blocks.ends[b + 1];
    const auto file = read_games(write(folder, bytes));
    if (whole == 0 && begin < kHeader) continue;
    REQUIRE(file);
    CHECK(file->games.size() >= whole);
    CHECK(file->damage.empty() == (bytes == blocks.bytes));
  }
}

TEST_CASE("Damaged games: a writer sets the file aside, and goes on behind what is whole") {
  const TemporaryFolder folder;
  const Blocks blocks;
  for (const std::string& damaged :
       {blocks.flipped(3, 1), blocks.flipped(9, 4), blocks.flipped(blocks.ends[1] + 30, 2),
        blocks.flipped(blocks.ends[1] + 3, 6),
        blocks.with(blocks.ends[2] - 9, "????????????????")}) {
    const std::string path = write(folder, damaged);
    const std::size_t games = read_games(path)->games.size();
    {
      auto writer = GamesWriter::open(path);
      REQUIRE(writer);
      CHECK(writer->damage().starts_with(path + ": "));
      CHECK(writer->damage().ends_with("the file as it was is now " + path + ".damaged"));
      CHECK_FALSE(GamesWriter::open(path));  // the lock is that of the new file
      REQUIRE(writer->append(test::random_games(9, 1)));
    }
    CHECK(*read_file(path + ".damaged") == damaged);
    const auto file = read_games(path);
    REQUIRE(file);
    CHECK(file->damage.empty());
    CHECK(file->games.size() == games + 1);
    CHECK(GamesWriter::open(path)->damage().empty());
    std::filesystem::remove(path + ".damaged");
  }
}

TEST_CASE("Damaged games: a file of many damaged blocks is read in time, and told in a line") {
  const TemporaryFolder folder;
  const Blocks blocks;
  std::string bytes = games_file({});
  std::string block = blocks.bytes.substr(kHeader, blocks.ends[1] - kHeader);
  block.back() ^= 1;
  for (int i = 0; i < 5000; ++i) bytes += block;
  const auto file = read_games(write(folder, bytes));
  REQUIRE(file);
  CHECK(file->games.empty());
  CHECK(file->damage.ends_with("block 8 is damaged and left out; and more"));
}

TEST_CASE("Games writer: a full file takes no more games, and says so before they are played") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.games";
  {
    auto writer = GamesWriter::open(path, 100);
    REQUIRE(writer);
    REQUIRE(writer->expect_room());
    REQUIRE(writer->append(test::random_games(1, 3)));  // no game that was played is lost
    CHECK_FALSE(writer->expect_room());
    CHECK_FALSE(writer->append(test::random_games(2, 1)));
  }
  const auto full = GamesWriter::open(path, 100);
  REQUIRE_FALSE(full);
  CHECK(full.error().message == path + ": is full, it has 0 MiB; give another file");
  CHECK(read_games(path)->games.size() == 3);
}

TEST_CASE("Games writer: a file that was moved or replaced is not written any more") {
  const TemporaryFolder folder;
  const std::string path = folder / "a.games";
  auto writer = GamesWriter::open(path);
  REQUIRE(writer);
  REQUIRE(writer->append(test::random_games(1, 1)));
  std::filesystem::rename(path, folder / "moved");
  const std::string complaint = path +
                                ": was moved, removed or replaced meanwhile, so nothing more is "
                                "written; start again where it is now";
  CHECK(writer->append(test::random_games(2, 1)).error().message == complaint);
  folder.write("a.games", "another");
  CHECK(writer->append(test::random_games(2, 1)).error().message == complaint);
  CHECK(*read_file(path) == "another");
  CHECK(read_games(folder / "moved")->games.size() == 1);
}

}  // namespace ponnuki::selfplay
