// Actors and learners on several threads: for ThreadSanitizer.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "selfplay/training_loop.h"

namespace ponnuki::selfplay {

TEST_CASE("Threads: games, learning and matches side by side") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("threads-" + std::to_string(::getpid()));
  TrainingOptions options;
  options.directory = folder;
  options.shape = {1, 8};
  options.threads = 3;
  options.games_per_cycle = 10;
  options.games.sizes = {{{4, 4}, 1}, {{5, 3}, 1}};
  options.games.games = 2;
  options.games.simulations = 2;
  options.learner.batch = 8;
  options.match_every = 1;
  options.match_games = 6;
  options.match_simulations = 2;
  options.cycles = 2;
  int said = 0;
  const Status status = run_training(options, {[&](const std::string&) { ++said; }, nullptr});
  fs::remove_all(folder);
  CHECK(status);
  CHECK(said >= 2);
}

}  // namespace ponnuki::selfplay
