// Records of random games on small boards, played until two passes and counted.
#pragma once

#include <cmath>
#include <string>

#include "engine/random.h"
#include "engine/score.h"
#include "engine/sgf/sgf.h"

namespace ponnuki::test {

inline Game random_finished_game(std::uint64_t seed, BoardSize size = {4, 4}) {
  Random random(seed);
  Rules rules;
  rules.multi_stone_suicide = false;
  rules.komi = 2.5F;
  Game game(size, rules);
  for (int move = 0; move < 15; ++move) {
    const auto cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
    const Move next{game.position().to_move(), Point::from_cell(cell, size)};
    if (game.position().is_legal(next)) game.play(next);
  }
  for (int pass = 0; pass < 2; ++pass) game.play({game.position().to_move(), Point::pass()});
  return game;
}

inline std::string record_of(const Game& game) {
  sgf::GameInfo info;
  const Score score = score_area(game.position());
  info.result = {sgf::SgfResult::Kind::kScore, score.winner(),
                 std::abs(static_cast<double>(score.white_minus_black))};
  return sgf::write_sgf(sgf::make_sgf(game, info));
}

}  // namespace ponnuki::test
