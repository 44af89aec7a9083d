// Random records of self-play.
#pragma once

#include <cstdint>
#include <memory>

#include "engine/random.h"
#include "selfplay/records/game_record.h"

namespace ponnuki::test {

/// A game of random moves, of which three in four are for training.
inline std::shared_ptr<selfplay::GameRecord> random_game(std::uint64_t seed,
                                                         BoardSize size = {5, 5}) {
  Random random(seed);
  auto game = std::make_shared<selfplay::GameRecord>();
  game->size = size;
  game->rules.komi = 2.5F;
  game->rules.multi_stone_suicide = false;
  Position position(size, game->rules);
  const auto moves = static_cast<std::uint32_t>(size.area() + 1);
  while (!position.is_over() && game->turns.size() < 40) {
    const auto cell = static_cast<std::uint16_t>(random.below(moves));
    const Point move = Point::from_cell(cell, size);
    if (!position.is_legal(move)) continue;
    std::vector<float> policy(moves, 0.01F);
    policy[cell] = 1;
    game->turns.push_back(
        selfplay::RecordedTurn::of(cell, random.below(4) == 0 ? 0.0F : 1.0F, policy));
    game->turns.back().set_value(0.75F, 0.25F, 1.5F);
    position.play(move);
  }
  game->finish(position);
  return game;
}

/// The games of `count` seeds from `first` on.
inline std::vector<std::shared_ptr<const selfplay::GameRecord>> random_games(std::uint64_t first,
                                                                             std::uint64_t count) {
  std::vector<std::shared_ptr<const selfplay::GameRecord>> games;
  for (std::uint64_t i = 0; i < count; ++i) games.push_back(random_game(first + i));
  return games;
}

}  // namespace ponnuki::test
