// The training loop as a whole: what a stop in the middle of a cycle leaves behind.
#include "selfplay/training_loop.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>

#include "engine/file.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki {
namespace {

using test::TemporaryFolder;

TrainingOptions small_run(const std::string& directory) {
  TrainingOptions options;
  options.directory = directory;
  options.shape = {1, 8};
  options.games_per_cycle = 12;
  options.games.sizes = {{{4, 4}, 1}};
  options.games.games = 4;
  options.games.simulations = 2;
  options.learner.batch = 8;
  options.match_every = 0;
  options.cycles = 1;
  return options;
}

std::string contents(const std::string& path) {
  const auto bytes = read_file(path);
  REQUIRE(bytes);
  return *bytes;
}

}  // namespace

TEST_CASE("A run that is stopped while it learns goes on in the middle of the cycle") {
  const TemporaryFolder whole, broken;
  const auto ignore = [](const std::string&) {};
  REQUIRE(run_training(small_run(whole / "run"), {ignore}));

  std::atomic<bool> stop = false;
  std::vector<std::int64_t> learned;
  TrainingHooks hooks{ignore, &stop, [&](const TrainingProgress& progress) {
                        if (progress.what != "learning") return;
                        learned.push_back(progress.done);
                        stop = true;
                      }};
  const std::string net = "run/nets/000001.bin.gz";
  REQUIRE(run_training(small_run(broken / "run"), hooks));
  CHECK_FALSE(std::filesystem::exists(broken / net));
  stop = false;
  REQUIRE(run_training(small_run(broken / "run"), hooks));
  REQUIRE(learned.size() == 2);  // each start learned some batches and was stopped
  CHECK(learned[1] == 2 * learned[0]);

  REQUIRE(run_training(small_run(broken / "run"), {ignore}));
  CHECK(contents(broken / net) == contents(whole / net));
}

TEST_CASE("Progress counts the games, what is learned from, and the match") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run");
  options.match_every = 1;
  options.match_games = 4;
  options.match_simulations = 2;
  options.cycles = 2;
  std::map<std::string, TrainingProgress> last;
  const TrainingHooks hooks{[](const std::string&) {}, nullptr,
                            [&](const TrainingProgress& now) { last[now.what] = now; }};
  REQUIRE(run_training(options, hooks));
  REQUIRE(last.size() == 3);
  CHECK(last["learning"].done == last["learning"].total);
  CHECK(last["learning"].total > 0);
  CHECK(last["games"].total == 12);
  CHECK(last["match"].done == 4);
  CHECK(last["match"].total == 4);
}

}  // namespace ponnuki
