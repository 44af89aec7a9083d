// Records of games: bytes and back, damage, and what training makes of them.
#include "selfplay/game_record.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "engine/file.h"
#include "engine/random.h"
#include "selfplay/record_file.h"
#include "selfplay/replay_window.h"
#include "selfplay/training_position.h"
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
    game.finish(position, {stone});
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

TEST_CASE("The replay window keeps the newest rows, as many as the total calls for") {
  const WindowOptions options{.least = 100, .share = 0.4, .scale = 50, .exponent = 0.65};
  CHECK(window_rows(80, options) == 80);
  CHECK(window_rows(100, options) == 100);
  // 100 + 0.4 * (950^0.65 - 50^0.65) / (0.65 * 50^-0.35)
  CHECK(window_rows(1000, options) == 277);
  ReplayWindow window(options);
  Random random(1);
  std::vector<std::shared_ptr<const GameRecord>> games;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    games.push_back(random_game(seed));
    window.add(games.back(), random);
  }
  const auto& last = games.back();
  CHECK(window.total_rows() > 500);
  CHECK(window.rows() == window_rows(window.total_rows(), options));
  bool seen = false;
  for (int i = 0; i < 2000; ++i) {
    const ReplayWindow::Row& row = window.draw(random);
    REQUIRE(row.game->turns[row.turn].weight > 0);
    seen = seen || row.game == last;
  }
  CHECK(seen);

  SECTION("read again from the games that are left, it is the same") {
    ReplayWindow again(options);
    again.set_total_rows(window.total_rows());
    std::int64_t rows = 0;
    for (auto game = games.begin() + 30; game != games.end(); ++game)
      rows += again.add_again(*game, random);
    CHECK(rows > window.rows());
    CHECK(again.rows() == window.rows());
    CHECK(again.total_rows() == window.total_rows());
  }
}

TEST_CASE("Training positions: all for the player to move, turned with the board") {
  auto game = std::make_shared<GameRecord>();
  game->size = {3, 2};
  game->rules.komi = 0.5F;
  Position position(game->size, game->rules);
  for (const int cell : {0, 5, 6, 6}) {  // a2, c1, pass, pass
    std::vector<float> policy(7, 0.0F);
    policy[static_cast<std::size_t>(cell)] = 3;
    policy[1] = 1;
    game->turns.push_back(RecordedTurn::of(static_cast<std::uint16_t>(cell), 1, policy));
    game->turns.back().set_value(0.998F, 0.006F, 2);
    position.play(Point::from_cell(cell, game->size));
  }
  game->finish(position);
  REQUIRE(game->white_score == 0.5F);

  nn::PlaneEncoder encoder;
  TrainingPosition black, white, turned;
  make_training_position(*game, 0, Symmetry(), {.ladders = false}, encoder, black);
  make_training_position(*game, 1, Symmetry(), {.ladders = false}, encoder, white);
  make_training_position(*game, 1, Symmetry(2), {.ladders = false}, encoder,
                         turned);  // left to right
  CHECK(black.target.result == nn::training::Chances{0, 1, 0});
  CHECK(white.target.result == nn::training::Chances{1, 0, 0});
  CHECK(*black.target.score == -0.5F);
  CHECK(*white.target.score == 0.5F);
  CHECK(black.target.ownership == std::vector<float>{1, 0, 0, 0, 0, -1});
  CHECK(white.target.ownership == std::vector<float>{-1, 0, 0, 0, 0, 1});
  CHECK(turned.target.ownership == std::vector<float>{0, 0, -1, 1, 0, 0});
  CHECK(black.target.policy[0] == Approx(0.75).epsilon(0.01));
  CHECK(black.target.reply[5] == Approx(0.75).epsilon(0.01));
  CHECK(turned.target.policy[3] == Approx(0.75).epsilon(0.01));
  CHECK(turned.target.policy[1] == Approx(0.25).epsilon(0.01));
  // White's own stones: none yet; Black's stone is at the left, or turned at the right.
  CHECK(white.spatial[2 * 6 + 0] == 1);
  CHECK(turned.spatial[2 * 6 + 2] == 1);

  // Everybody always thought that he was winning: values to come alternate.
  const double f = 1 / (1 + 0.016 * 6);
  double black_wins = 0;  // the result
  for (const double thought : {0.006, 0.998, 0.006, 0.998})
    black_wins += f * (thought - black_wins);
  CHECK(black.target.td_values[nn::training::kTdHorizons - 1][0] ==
        Approx(black_wins).epsilon(0.01));
  for (const TrainingPosition* position_of : {&black, &white})
    for (const nn::training::Chances& c : position_of->target.td_values)
      CHECK(c[0] + c[1] + c[2] == Approx(1).margin(1e-6));
}

TEST_CASE("Training positions: a game without result teaches that, and no score") {
  GameRecord game = *random_game(4);
  game.ending = GameRecord::Ending::kNoResult;
  for (RecordedTurn& turn : game.turns) turn.set_value(0, 0, 0);  // not searched
  nn::PlaneEncoder encoder;
  TrainingPosition position;
  make_training_position(game, 0, Symmetry(), {.ladders = false}, encoder, position);
  CHECK(position.target.result == nn::training::Chances{0, 0, 1});
  for (const nn::training::Chances& c : position.target.td_values)
    CHECK(c == nn::training::Chances{0, 0, 1});
  CHECK_FALSE(position.target.score);
  CHECK_FALSE(position.target.lead);
  CHECK_FALSE(position.target.td_score);
  CHECK(position.target.ownership.empty());
}

}  // namespace ponnuki::selfplay
