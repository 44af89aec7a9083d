// What training makes of the records of games.
#include "selfplay/learning/training_position.h"

#include <catch2/catch.hpp>

#include "tests/support/random_game_record.h"

namespace ponnuki::selfplay {

using test::random_game;

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
