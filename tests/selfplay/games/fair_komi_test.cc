// The komi that makes games even.
#include "selfplay/games/fair_komi.h"

#include <catch2/catch.hpp>

namespace ponnuki::selfplay {
namespace {

GameRecord game_of(BoardSize size, float komi, float black_lead) {
  GameRecord game;
  game.size = size;
  game.rules.komi = komi;
  game.white_score = komi - black_lead;
  return game;
}

}  // namespace

TEST_CASE(
    "Fair komi: the median of Black's leads, each size by itself, the first until there are some") {
  FairKomi fair(7);
  CHECK(fair.of({5, 5}) == 7);
  for (int i = 0; i < 49; ++i) fair.add(game_of({5, 5}, 3.5F, 25));
  CHECK(fair.of({5, 5}) == 7);
  GameRecord broken_off = game_of({5, 5}, 3.5F, 25);
  broken_off.ending = GameRecord::Ending::kBrokenOff;
  fair.add(broken_off);
  CHECK(fair.of({5, 5}) == 7);
  fair.add(game_of({5, 5}, 3.5F, 25));
  CHECK(fair.of({5, 5}) == 25);
  CHECK(fair.of({7, 7}) == 7);
  for (int i = 0; i < 100; ++i) fair.add(game_of({7, 7}, 9, static_cast<float>(i % 21)));
  CHECK(fair.of({7, 7}) == Approx(10).margin(1));
}

TEST_CASE("Fair komi: old games are forgotten") {
  FairKomi fair(7);
  for (int i = 0; i < 1000; ++i) fair.add(game_of({9, 9}, 7, 0));
  for (int i = 0; i < 260; ++i) fair.add(game_of({9, 9}, 7, 6));
  CHECK(fair.of({9, 9}) == Approx(6).margin(0.01));
}

TEST_CASE("Fair komi: a few games that end wildly apart say little") {
  FairKomi fair(7);
  for (int i = 0; i < 60; ++i)
    fair.add(game_of({19, 19}, 7, -13 + 60 * static_cast<float>(i % 3 - 1)));
  CHECK(fair.of({19, 19}) > 0);  // not -13
  CHECK(fair.of({19, 19}) < 6);
  for (int i = 0; i < 440; ++i)
    fair.add(game_of({19, 19}, 7, -13 + 60 * static_cast<float>(i % 3 - 1)));
  CHECK(fair.of({19, 19}) == Approx(-13).margin(6));
}

}  // namespace ponnuki::selfplay
