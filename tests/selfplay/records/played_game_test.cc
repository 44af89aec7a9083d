// Games from records: what is taken from them, and what the net learns from a position of one.
#include "selfplay/records/played_game.h"

#include <catch2/catch.hpp>

#include "selfplay/learning/training_position.h"
#include "tests/support/random_records.h"

namespace ponnuki::selfplay {
namespace {

Result<PlayedGame> read(const std::string& sgf) {
  const auto tree = sgf::parse_sgf(sgf);
  REQUIRE(tree);
  return read_played_game(*tree, tree->roots().front(), Rules{});
}

PlayedGame game_of(const std::string& sgf) {
  auto game = read(sgf);
  INFO((game ? "" : game.error().message));
  REQUIRE(game);
  return std::move(*game);
}

TrainingPosition position_of(const PlayedGame& game, std::size_t turn, int symmetry = 0) {
  nn::PlaneEncoder encoder;
  TrainingPosition position;
  make_training_position(game, turn, game.rules, Symmetry(symmetry), {}, encoder, position);
  return position;
}

std::size_t only_move(const std::vector<float>& policy) {
  REQUIRE(std::ranges::count(policy, 0.0F) == static_cast<std::ptrdiff_t>(policy.size()) - 1);
  const auto best = std::ranges::max_element(policy);
  REQUIRE(*best == 1.0F);
  return static_cast<std::size_t>(best - policy.begin());
}

}  // namespace

TEST_CASE("Played games: the score is the record's, owners are known where the board gives it") {
  struct Case {
    const char* sgf;
    std::optional<Color> winner;
    std::optional<float> white_score;
    bool owners;
  };
  const Case cases[] = {
      {"(;SZ[3]KM[2.5]RE[B+6.5];B[bb];W[];B[])", Color::kBlack, -6.5F, true},
      {"(;SZ[3]KM[2.5]RE[B+6.5];B[bb];W[])", Color::kBlack, -6.5F, true},
      {"(;SZ[3]KM[2.5]RE[B+6.5];B[bb])", Color::kBlack, -6.5F, true},  // without its passes
      {"(;SZ[3]KM[2.5]RE[B+5.5];B[bb];W[];B[])", Color::kBlack, -5.5F, false},  // another count
      {"(;SZ[3]KM[9]RE[0];B[bb];W[];B[])", Color::kEmpty, 0.0F, true},
      {"(;SZ[3]KM[8]RE[Draw];B[bb];W[])", Color::kEmpty, 0.0F, false},
      {"(;SZ[3]KM[2.5]RE[W+R];B[bb];W[];B[])", Color::kWhite, {}, false},
      {"(;SZ[3]KM[2.5]RE[W+];B[bb];W[];B[])", Color::kWhite, {}, false},
      {"(;SZ[3]KM[2.5]RE[B+T];B[bb];W[];B[])", {}, {}, false},
      {"(;SZ[3]KM[2.5]RE[B+F];B[bb];W[];B[])", {}, {}, false},
      {"(;SZ[3]KM[2.5]RE[Void];B[bb];W[];B[])", {}, {}, false},
      {"(;SZ[3]KM[2.5];B[bb];W[];B[])", {}, {}, false},
  };
  for (const Case& c : cases) {
    CAPTURE(c.sgf);
    const PlayedGame game = game_of(c.sgf);
    CHECK(game.winner == c.winner);
    CHECK(game.white_score == c.white_score);
    CHECK(game.owner().size() == (c.owners ? 9 : 0));
  }
}

TEST_CASE("Played games: owners are those after the dead stones are taken off") {
  // White's stone at E1 is dead. Black has 11 points and a prisoner on the board, White 5 points.
  //     . . X O .
  //     . . X O .
  //     . . X O .
  //     . . X O .
  //     O . X O .
  const PlayedGame game = game_of(
      "(;SZ[5]KM[0.5]RU[Japanese]RE[B+5.5];B[ca];W[da];B[cb];W[db];B[cc];W[dc];B[cd];W[dd];"
      "B[ce];W[de];B[];W[ae])");
  REQUIRE(game.owner().size() == 25);
  for (std::size_t cell = 0; cell < 25; ++cell)
    CHECK(game.owner()[cell] == (cell % 5 < 3 ? Color::kBlack : Color::kWhite));
}

TEST_CASE("Played games: setup, handicap, colours that do not alternate, superko") {
  const PlayedGame handicap =
      game_of("(;SZ[5]KM[0.5]HA[2]AB[bb][dd]RE[W+R];W[cc];B[cb];W[];B[aa])");
  CHECK(handicap.setup.size() == 2);
  CHECK(handicap.first == Color::kWhite);
  CHECK(handicap.handicap == 2);
  const Position before_last = position_at(handicap, 3);
  CHECK(before_last.to_move() == Color::kBlack);
  CHECK(before_last.board().to_diagram() == position_at(handicap, 2).board().to_diagram());
  CHECK(before_last.board().stone_count() == 4);

  const PlayedGame twice = game_of("(;SZ[5];B[aa];B[bb];W[cc];B[dd])");
  CHECK(position_at(twice, 1).to_move() == Color::kBlack);
  CHECK(position_of(twice, 0).target.reply.empty());  // Black's own move is no reply
  CHECK(only_move(position_of(twice, 1).target.reply) == 12);

  const PlayedGame late = game_of("(;SZ[5];B[aa];W[bb];AB[cc]AW[dd];W[ee];B[ea])");
  CHECK(late.moves.size() == 2);
  CHECK(late.setup.size() == 4);

  // Black takes back at once: against the rules of ko, as records may be.
  const PlayedGame ko = game_of("(;SZ[4]AB[ba][ab][bc]AW[ca][db][cc][bb]PL[B];B[cb];W[bb];B[cb])");
  CHECK(position_at(ko, 2).is_ko_banned(Point::at(2, 1)));

  CHECK(read("(;SZ[5];B[aa];W[aa])").error().message.find("move 2") != std::string::npos);
}

TEST_CASE("Played games: what a position teaches, for its player, turned with the board") {
  const PlayedGame game = game_of("(;SZ[3]KM[2.5]RE[B+6.5];B[ba];W[];B[bb];W[];B[])");
  const TrainingPosition first = position_of(game, 0), second = position_of(game, 1);
  CHECK(only_move(first.target.policy) == 1);
  CHECK(only_move(first.target.reply) == 9);
  CHECK(first.target.result == nn::training::Chances{1, 0, 0});
  CHECK(second.target.result == nn::training::Chances{0, 1, 0});
  CHECK(first.target.td_values[1] == nn::training::Chances{1, 0, 0});
  CHECK(first.target.score == 6.5F);
  CHECK(second.target.score == -6.5F);
  CHECK(first.target.ownership == std::vector<float>(9, 1.0F));
  CHECK(second.target.ownership == std::vector<float>(9, -1.0F));
  CHECK(position_of(game, 4).target.reply.empty());
  CHECK(only_move(position_of(game, 4).target.policy) == 9);

  const std::size_t turned[] = {1, 7, 1, 7, 3, 5, 3, 5};  // (1, 0) on 3 × 3
  for (int symmetry = 0; symmetry < 8; ++symmetry) {
    CAPTURE(symmetry);
    CHECK(only_move(position_of(game, 0, symmetry).target.policy) ==
          turned[static_cast<std::size_t>(symmetry)]);
    const TrainingPosition stones = position_of(game, 1, symmetry);
    CHECK(stones.spatial[2 * 9 + turned[static_cast<std::size_t>(symmetry)]] == 1);  // Black's
  }

  const TrainingPosition unknown = position_of(game_of("(;SZ[3];B[bb])"), 0);
  CHECK(unknown.target.result == nn::training::Chances{});
  CHECK(unknown.target.ownership.empty());
  CHECK(!unknown.target.score);
}

TEST_CASE("Played games: the number of a game is that of its moves") {
  const auto hash = [](const char* sgf) { return game_hash(game_of(sgf)); };
  const std::uint64_t one = hash("(;SZ[5]KM[7];B[aa];W[bb])");
  CHECK(one == hash("(;SZ[5]KM[0]RE[B+R]PB[x];B[aa];W[bb])"));
  for (const char* other :
       {"(;SZ[5];B[aa];W[bc])", "(;SZ[5];B[bb];W[aa])", "(;SZ[5:6];B[aa];W[bb])",
        "(;SZ[5];B[aa];B[bb])", "(;SZ[5]AB[aa];W[bb])", "(;SZ[5];B[aa];W[bb];B[])"})
    CHECK(one != hash(other));
  CHECK(one == 0xb20e1badd51d2177U);  // in every run and on every machine
}

}  // namespace ponnuki::selfplay
