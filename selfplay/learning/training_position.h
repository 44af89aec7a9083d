// A position of a game as a training sample: its planes, and its targets from the rest of the game.
#pragma once

#include <array>
#include <vector>

#include "engine/symmetry.h"
#include "nn/inputs/planes.h"
#include "nn/network.h"
#include "nn/training/target.h"
#include "selfplay/records/game_record.h"
#include "selfplay/records/played_game.h"

namespace ponnuki::selfplay {

struct TrainingPosition {
  BoardSize size;
  std::vector<float> spatial, global;
  nn::training::TrainingTarget target;

  nn::NetworkInput input() const { return {size, spatial.data(), global.data()}; }
};

/// The factors k of the TD values below (KataGo's), one for each horizon.
inline constexpr std::array<double, nn::training::kTdHorizons> kTdFactors = {0.176, 0.056, 0.016};

/// The sample for turn number `turn` of a game, under `symmetry`. TD values are averages of future
/// values in which later values have less weight (KataGo): td(t) = f v(t) + (1 - f) td(t + 1) with
/// f = 1 / (1 + k area). v is the search's value, and the result at the end. Lead is the score of
/// the average with the shortest horizon.
void make_training_position(const GameRecord& game, std::size_t turn, Symmetry symmetry,
                            const nn::PlaneOptions& planes, nn::PlaneEncoder& encoder,
                            TrainingPosition& out);

/// The same for a game from a record, shown as if it had been played under `rules`: the policy is
/// the move that was played, the reply is the move after it, and all values are the game's result.
void make_training_position(const PlayedGame& game, std::size_t turn, const Rules& rules,
                            Symmetry symmetry, const nn::PlaneOptions& planes,
                            nn::PlaneEncoder& encoder, TrainingPosition& out);

}  // namespace ponnuki::selfplay
