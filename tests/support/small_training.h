// Options of a training run that takes a second: tiny nets, games and boards.
#pragma once

#include <string>

#include "selfplay/run/training_loop.h"

namespace ponnuki::test {

inline selfplay::TrainingOptions small_run(const std::string& directory, std::int64_t cycles) {
  selfplay::TrainingOptions options;
  options.directory = directory;
  options.shape = {1, 8};
  options.games_per_cycle = 12;
  options.games.sizes = {{{4, 4}, 1}};
  options.games.games = 4;
  options.games.simulations = 4;
  options.learner.batch = 16;
  options.cycles = cycles;
  options.precision = nn::kernels::Precision::kFp32;
  return options;
}

}  // namespace ponnuki::test
