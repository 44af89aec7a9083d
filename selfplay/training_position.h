// A position of a game as the net learns from it: planes, and what the rest of the game
// says about it.
#pragma once

#include <vector>

#include "engine/symmetry.h"
#include "nn/inputs/planes.h"
#include "nn/network.h"
#include "nn/training/target.h"
#include "selfplay/game_record.h"
#include "selfplay/played_game.h"

namespace ponnuki::selfplay {

struct TrainingPosition {
  BoardSize size;
  std::vector<float> spatial, global;
  nn::training::TrainingTarget target;

  nn::NetworkInput input() const { return {size, spatial.data(), global.data()}; }
};

/// Turn number `turn` of a game, shown under `symmetry`. Values to come count the less the further
/// off they are (KataGo's TD values): td(t) = f v(t) + (1 - f) td(t + 1), f = 1 / (1 + k area),
/// where v is what the search thought, and the result at the end. Lead is the score that the
/// shortest of these averages expects.
void make_training_position(const GameRecord& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out);

/// The same of a game from a record: the policy is the move that was played, the reply the one
/// after it, and the value, now and to come, the game's result.
void make_training_position(const PlayedGame& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out);

}  // namespace ponnuki::selfplay
