// Actors and learners on several threads: for ThreadSanitizer.
#include <catch2/catch.hpp>

#include "selfplay/run/training_loop.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {

TEST_CASE("Threads: games, learning and matches side by side") {
  const test::TemporaryFolder folder;
  TrainingOptions options;
  options.directory = folder / "run";
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
  CHECK(status);
  CHECK(said >= 2);
}

}  // namespace ponnuki::selfplay
