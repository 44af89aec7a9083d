// Learning, on few positions and in the whole loop.
#include "selfplay/learner.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "engine/file.h"
#include "nn/model_file.h"
#include "nn/training/training_model.h"
#include "selfplay/record_file.h"
#include "selfplay/training_loop.h"
#include "tests/support/search_fakes.h"

namespace ponnuki {
namespace {

namespace fs = std::filesystem;

/// About 64 positions of 5 × 5.
ReplayWindow few_positions() {
  TrainingGamesOptions options;
  options.sizes = {{{5, 5}, 1}};
  options.simulations = 16;
  options.games = 1;
  options.random_opening_chance = 0;
  ReplayWindow window({});
  Random random(1);
  TrainingGames games(
      options, 1, [&](std::unique_ptr<GameRecord> game) { window.add(std::move(game), random); });
  test::UniformEvaluator evaluator;
  while (window.rows() < 64) games.step(evaluator);
  return window;
}

Learner small_learner(int threads = 1) {
  LearnerOptions options;
  options.threads = threads;
  options.batch = 64;
  options.learning_rate = 0.003;
  options.warmup_samples = 1000;
  options.average_samples = 2000;
  return Learner(with_training_outputs(make_initial_model({2, 16}, 1), 2), options);
}

class TemporaryRun {
 public:
  TemporaryRun() : path_(fs::temp_directory_path() / ("run-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
  }
  ~TemporaryRun() { fs::remove_all(path_); }
  std::string path() const { return path_; }

 private:
  fs::path path_;
};

TrainingOptions small_run(const std::string& directory, std::int64_t cycles) {
  TrainingOptions options;
  options.directory = directory;
  options.shape = {1, 8};
  options.games_per_cycle = 12;
  options.games.sizes = {{{4, 4}, 1}};
  options.games.games = 4;
  options.games.simulations = 4;
  options.learner.batch = 16;
  options.cycles = cycles;
  options.precision = Precision::kFp32;
  return options;
}

std::vector<std::string> run(const TrainingOptions& options) {
  std::vector<std::string> said;
  const Status status =
      run_training(options, {[&](const std::string& line) { said.push_back(line); }, nullptr});
  INFO((status ? "" : status.error()));
  REQUIRE(status);
  return said;
}

std::size_t lines_of(const std::string& path) {
  const auto text = read_file(path);
  REQUIRE(text);
  return static_cast<std::size_t>(std::ranges::count(*text, '\n'));
}

}  // namespace

TEST_CASE("Learner: a few positions are learned by heart") {
  const ReplayWindow window = few_positions();
  Learner learner = small_learner();
  Random random(1);
  const Learner::Report before = learner.train(window, 5, random);
  learner.train(window, 600, random);
  const Learner::Report after = learner.train(window, 20, random);
  CAPTURE(before.policy_entropy, before.loss[LossTerm::kPolicy], after.loss[LossTerm::kPolicy]);
  CHECK(after.loss[LossTerm::kPolicy] - after.policy_entropy <
        0.25 * (before.loss[LossTerm::kPolicy] - before.policy_entropy));
  CHECK(after.loss[LossTerm::kValue] < 0.15 * before.loss[LossTerm::kValue]);
  CHECK(after.loss[LossTerm::kOwnership] < 0.55 * before.loss[LossTerm::kOwnership]);
  CHECK(after.loss[LossTerm::kScoreCdf] < 0.3 * before.loss[LossTerm::kScoreCdf]);
}

TEST_CASE("Learner: a restored one goes on as if it had never stopped, to the bit") {
  const ReplayWindow window = few_positions();
  Learner one = small_learner();
  Random random(2);
  one.train(window, 20, random);
  Learner two = small_learner();
  REQUIRE(two.restore(one.state()));
  Random again = random;
  one.train(window, 10, random);
  two.train(window, 10, again);
  CHECK(one.state() == two.state());
  CHECK(!two.restore("nonsense"));
  CHECK(!two.restore(one.state().substr(0, 1000)));
  CHECK(one.state() == two.state());
}

TEST_CASE("Training: cycle after cycle, and on from where it was") {
  const TemporaryRun folder;
  CHECK(run(small_run(folder.path(), 2)).size() == 2);
  for (const char* net : {"/nets/000001.bin.gz", "/nets/000002.bin.gz"})
    CHECK(load_model(folder.path() + net));
  CHECK(lines_of(folder.path() + "/metrics.jsonl") == 2);

  // As if killed in the third cycle: some games, a line too many.
  const auto games = read_games(folder.path() + "/games/000002.games");
  REQUIRE(games);
  const Games some(games->games.begin(), games->games.begin() + 5);
  REQUIRE(append_games(some, folder.path() + "/games/000003.games"));
  std::ofstream(folder.path() + "/metrics.jsonl", std::ios::app) << "{\"cycle\":3}\n{\"cyc";

  const std::vector<std::string> said = run(small_run(folder.path(), 3));
  REQUIRE(said.size() == 2);
  CHECK(said[0].starts_with("going on after cycle 2"));
  CHECK(lines_of(folder.path() + "/metrics.jsonl") == 3);
  const auto third = read_games(folder.path() + "/games/000003.games");
  REQUIRE(third);
  CHECK(third->games.size() >= 12);
  CHECK(third->games.size() < 12 + 5);
}

TEST_CASE("Training: games that have left the window leave the disk, and are not missed") {
  const TemporaryRun folder;
  TrainingOptions options = small_run(folder.path(), 8);
  options.window = {.least = 300, .share = 0.01, .scale = 300, .exponent = 0.65};
  run(options);
  const auto games_path = [&](int cycle) {
    return folder.path() + "/games/00000" + std::to_string(cycle) + ".games";
  };
  CHECK(!fs::exists(games_path(1)));
  CHECK(fs::exists(games_path(8)));
  options.cycles = 9;
  run(options);
  CHECK(fs::exists(games_path(9)));
  const auto directory = RunDirectory::open(folder.path());
  REQUIRE(directory);
  const auto state = directory->read_state();
  REQUIRE(state);
  std::int64_t turns = 0;  // of the games on the disk
  for (int cycle = 1; cycle <= 9; ++cycle) {
    const auto file = read_games(games_path(cycle));
    if (!file) continue;
    for (const auto& game : file->games) turns += static_cast<std::int64_t>(game->turns.size());
  }
  CHECK((*state)->rows > turns);  // the forgotten ones count
}

TEST_CASE("Training: a net that grows catches up with the games there are, then plays its own") {
  const TemporaryRun folder;
  run(small_run(folder.path(), 2));
  TrainingOptions options = small_run(folder.path(), 3);
  options.growth = {{{1, 16}, 0}};
  options.reuse = 2;
  options.catch_up = 1.5;  // of two cycles' rows, at two a row: a cycle and a half
  CHECK(run(options)[1] == "the net grows to b1c16");
  options.cycles = 6;  // and on in another process
  run(options);
  const auto exists = [&](const char* file) { return fs::exists(folder.path() + file); };
  CHECK(exists("/games/000002.games"));
  CHECK(!exists("/games/000003.games"));
  CHECK(!exists("/games/000004.games"));
  CHECK(exists("/games/000005.games"));
  CHECK(load_model(folder.path() + "/nets/000002.bin.gz")->trunk.channels == 8);
  CHECK(load_model(folder.path() + "/nets/000006.bin.gz")->trunk.channels == 16);
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  CHECK(run_training(small_run(folder.path(), 7), silent).error().find("has grown") !=
        std::string::npos);
}

TEST_CASE("Training: a second process, a damaged state and another shape get a clear no") {
  const TemporaryRun folder;
  run(small_run(folder.path(), 1));
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  {
    const auto held = RunDirectory::open(folder.path());
    REQUIRE(held);
    const Status status = run_training(small_run(folder.path(), 2), silent);
    REQUIRE(!status);
    CHECK(status.error().find("another process trains here") != std::string::npos);
  }
  TrainingOptions wider = small_run(folder.path(), 2);
  wider.shape = {1, 16};
  CHECK(run_training(wider, silent).error().find("another shape") != std::string::npos);
  std::string state = *read_file(folder.path() + "/state.bin");
  state[state.size() / 2] ^= 1;
  REQUIRE(write_file_atomically(folder.path() + "/state.bin", state));
  CHECK(run_training(small_run(folder.path(), 2), silent).error().find("is damaged") !=
        std::string::npos);
}

}  // namespace ponnuki
