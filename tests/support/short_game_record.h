// A game of four turns.
#pragma once

#include <cstdint>
#include <vector>

#include "selfplay/records/game_record.h"

namespace ponnuki::test {

/// A game of three stones and a pass, and of a second pass if it `ended`. The first stone is in the
/// right column, the second in the bottom row.
inline selfplay::GameRecord short_game(BoardSize size, bool ended = true) {
  selfplay::GameRecord game;
  game.size = size;
  game.rules.komi = 7;
  game.rules.multi_stone_suicide = false;
  Position position(size, game.rules);
  const auto play = [&](Point point, float weight) {
    const auto cell = static_cast<std::uint16_t>(point.cell(size));
    std::vector<float> policy(static_cast<std::size_t>(size.area()) + 1, 0.1F);
    policy[cell] = 1;
    game.turns.push_back(selfplay::RecordedTurn::of(cell, weight, policy));
    if (weight > 0) game.turns.back().set_value(0.5F, 0.5F, 0);
    position.play(point);
  };
  play(Point::at(size.width - 1, 1), 0);
  play(Point::at(0, size.height - 1), 1);
  play(Point::at(1, 1), 1);
  play(Point::pass(), 1);
  if (ended) play(Point::pass(), 1);
  game.finish(position);
  return game;
}

}  // namespace ponnuki::test
