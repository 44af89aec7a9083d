// Records of games: bytes and back, and damage.
#include "selfplay/records/game_record.h"

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

using test::random_game;

bool same(const GameRecord& a, const GameRecord& b) {
  std::string x, y;
  write_game(a, x);
  write_game(b, y);
  return x == y;
}

}  // namespace

TEST_CASE("Game records: bytes and back") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto game = random_game(seed, seed % 2 == 0 ? BoardSize{5, 5} : BoardSize{7, 4});
    std::string bytes;
    write_game(*game, bytes);
    bytes += "more";
    std::string_view rest = bytes;
    const Result<GameRecord> back = read_game(rest);
    REQUIRE(back);
    CHECK(rest == "more");
    CHECK(same(*back, *game));
    CHECK(back->rules.komi == 2.5F);
    CHECK(back->owner == game->owner);
  }
}

TEST_CASE("Game records: broken bytes are refused, whatever they are") {
  const auto game = random_game(1);
  std::string bytes;
  write_game(*game, bytes);
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    std::string_view cut = std::string_view(bytes).substr(0, length);
    CHECK(!read_game(cut));
  }
  Random random(2);
  int refused = 0;
  for (int trial = 0; trial < 300; ++trial) {
    std::string broken = bytes;
    broken[random.below(static_cast<std::uint32_t>(bytes.size()))] ^=
        static_cast<char>(1 << random.below(8));
    std::string_view rest = broken;
    refused += !read_game(rest);
  }
  CHECK(refused > 0);
}

TEST_CASE("Game files: blocks are added, half blocks cut off, damaged ones left out") {
  const test::TemporaryFolder folder;
  const std::string path = folder / "a.games";
  const Games first = {random_game(1), random_game(2)}, second = {random_game(3)};
  const auto append_games = [&](const Games& games) {
    auto writer = GamesWriter::open(path);
    return writer ? writer->append(games) : Status(writer.error());
  };
  REQUIRE(append_games(first));
  const auto one = std::filesystem::file_size(path);
  REQUIRE(append_games(second));
  const std::string whole = *read_file(path);
  const auto games_in = [&](const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
    return read_games(path);
  };
  auto file = games_in(whole);
  REQUIRE(file);
  REQUIRE(file->games.size() == 3);
  CHECK(file->damage.empty());
  CHECK(same(*file->games[2], *second[0]));

  file = games_in(whole.substr(0, whole.size() - 1));
  REQUIRE(file);
  CHECK(file->games.size() == 2);
  CHECK(file->damage == path + ": the last block is cut off");
  REQUIRE(append_games(second));
  file = read_games(path);
  CHECK(file->games.size() == 3);
  CHECK(file->damage.empty());

  std::string damaged = whole;
  damaged[one / 2] ^= 1;
  file = games_in(damaged);
  REQUIRE(file);
  CHECK(file->games.size() == 1);
  CHECK(file->damage == path + ": block 1 is damaged and left out");

  CHECK(!games_in("GIF89a, no games here at all"));
  CHECK(append_games(second).error().message == path + ": no file of games of self-play");
  CHECK(*read_file(path) == "GIF89a, no games here at all");
  CHECK(!read_games(folder / "missing.games"));
}

TEST_CASE("Game records: the dead do not count, and who passed too early does not teach it") {
  //   A B C D
  // 4 . X . .
  // 3 . X . .
  // 2 . X . O     Black has 8 points and White 1; without White's stone Black has 16.
  // 1 . X . .
  constexpr int kPass = 16;
  const BoardSize size{4, 4};
  const Point stone = Point::at(3, 2);
  struct Case {
    float komi, as_it_stands, settled;
    bool is_forgotten;
  };
  for (const Case& example : {Case{2, -5, -14, false}, Case{10, 3, -6, true}}) {
    GameRecord game;
    game.size = size;
    game.rules.komi = example.komi;
    Position position(size, game.rules);
    for (const int cell : {1, stone.cell(size), 5, kPass, 9, kPass, 13, kPass, kPass}) {
      game.turns.push_back(RecordedTurn::of(static_cast<std::uint16_t>(cell), 1,
                                            std::vector<float>(std::size_t{kPass} + 1, 1.0F)));
      position.play(Point::from_cell(cell, size));
    }
    REQUIRE(position.is_over());
    game.finish(position);
    CHECK(game.white_score == example.as_it_stands);
    CHECK(game.turns.back().weight == 32);
    referee::Judgement judgement;
    judgement.dead = {stone};
    judgement.score = score_with_dead(position, judgement.dead, &judgement.owner);
    game.finish(position, judgement);
    CHECK(game.white_score == example.settled);
    CHECK(std::ranges::count(game.owner, Color::kBlack) == 16);
    for (std::size_t turn = 0; turn < game.turns.size(); ++turn) {
      const bool is_forgotten = example.is_forgotten && turn >= 7;
      CHECK(game.turns[turn].weight == (is_forgotten ? 0 : 32));
      CHECK(game.turns[turn].policy.empty() == is_forgotten);
    }
    std::string bytes;
    write_game(game, bytes);
    std::string_view rest = bytes;
    CHECK(read_game(rest));
  }
}

}  // namespace ponnuki::selfplay
