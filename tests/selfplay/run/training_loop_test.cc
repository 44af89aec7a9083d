// The training loop as a whole: cycles, and what a stop leaves behind.
#include "selfplay/run/training_loop.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/file.h"
#include "nn/files/model_file.h"
#include "selfplay/records/record_file.h"
#include "tests/support/small_training.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;
using test::small_run;
using test::TemporaryFolder;

std::vector<std::string> run(const TrainingOptions& options) {
  std::vector<std::string> said;
  const Status status =
      run_training(options, {[&](const std::string& line) { said.push_back(line); }, nullptr});
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
  return said;
}

Status append(const Games& games, const std::string& path) {
  auto writer = GamesWriter::open(path);
  return writer ? writer->append(games) : Status(writer.error());
}

std::size_t lines_of(const std::string& path) {
  const auto text = read_file(path);
  REQUIRE(text);
  return static_cast<std::size_t>(std::ranges::count(*text, '\n'));
}

}  // namespace

TEST_CASE("Training: cycle after cycle, and on from where it was") {
  const TemporaryFolder folder;
  CHECK(run(small_run(folder / "run", 2)).size() == 2);
  for (const char* net : {"/nets/000001.bin.gz", "/nets/000002.bin.gz"})
    CHECK(nn::load_model((folder / "run") + net));
  CHECK(lines_of(folder / "run/metrics.jsonl") == 2);

  // As if killed in the third cycle: some games, a line too many.
  const auto games = read_games(folder / "run/games/000002.games");
  REQUIRE(games);
  const Games some(games->games.begin(), games->games.begin() + 5);
  REQUIRE(append(some, folder / "run/games/000003.games"));
  std::ofstream(folder / "run/metrics.jsonl", std::ios::app) << "{\"cycle\":3}\n{\"cyc";

  const std::vector<std::string> said = run(small_run(folder / "run", 3));
  REQUIRE(said.size() == 3);
  CHECK(said[0].starts_with("going on after cycle 2"));
  CHECK(said[1].find("metrics.jsonl: line 4 is damaged and left out") != std::string::npos);
  CHECK(lines_of(folder / "run/metrics.jsonl") == 3);
  const auto third = read_games(folder / "run/games/000003.games");
  REQUIRE(third);
  CHECK(third->games.size() >= 12);
  CHECK(third->games.size() < 12 + 5);
}

TEST_CASE("Training: the speed counts only games that were played meanwhile") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 1));
  const auto games = read_games(folder / "run/games/000001.games");
  REQUIRE(games);
  REQUIRE(append(games->games, folder / "run/games/000002.games"));
  const std::vector<std::string> said = run(small_run(folder / "run", 2));
  REQUIRE(said.size() == 2);
  CHECK(said[1].find(" games (0/h, ") != std::string::npos);
}

TEST_CASE("Training: games that have left the window leave the disk, and are not missed") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 8);
  options.window = {.least = 100, .share = 0.4, .scale = 100, .exponent = 0.8};
  run(options);
  const auto games_path = [&](int cycle) {
    return folder / "run/games/00000" + std::to_string(cycle) + ".games";
  };
  CHECK(!fs::exists(games_path(1)));
  CHECK(fs::exists(games_path(8)));
  options.cycles = 9;
  run(options);
  CHECK(fs::exists(games_path(9)));
  const auto directory = RunDirectory::open(folder / "run");
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
  // Nor has the window become smaller.
  const auto metrics = directory->read_metrics();
  REQUIRE(metrics);
  const auto last = nlohmann::json::parse(metrics->substr(metrics->rfind("{\"cycle\"")));
  CHECK(last.at("windowRows") == window_rows((*state)->rows, options.window));
}

TEST_CASE("Training: a net that grows catches up with the games there are, then plays its own") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 2));
  TrainingOptions options = small_run(folder / "run", 3);
  options.growth = {{{1, 16}, 0}};
  options.reuse = 2;
  options.catch_up = 1.5;  // of two cycles' rows, at two a row: a cycle and a half
  CHECK(run(options)[1] == "the net grows to b1c16");
  options.cycles = 6;  // and on in another process
  run(options);
  const auto exists = [&](const char* file) { return fs::exists((folder / "run") + file); };
  CHECK(exists("/games/000002.games"));
  CHECK(!exists("/games/000003.games"));
  CHECK(!exists("/games/000004.games"));
  CHECK(exists("/games/000005.games"));
  CHECK(nn::load_model(folder / "run/nets/000002.bin.gz")->trunk.channels == 8);
  CHECK(nn::load_model(folder / "run/nets/000006.bin.gz")->trunk.channels == 16);
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  CHECK(run_training(small_run(folder / "run", 7), silent).error().message.find("has grown") !=
        std::string::npos);
}

TEST_CASE("Training: a second process, a damaged state and another shape get a clear no") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 1));
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  {
    const auto held = RunDirectory::open(folder / "run");
    REQUIRE(held);
    const Status status = run_training(small_run(folder / "run", 2), silent);
    REQUIRE(!status);
    CHECK(status.error().message.find("another process trains here") != std::string::npos);
  }
  TrainingOptions wider = small_run(folder / "run", 2);
  wider.shape = {1, 16};
  CHECK(run_training(wider, silent).error().message.find("another shape") != std::string::npos);
  const std::string state = *read_file(folder / "run/state.bin");
  for (const auto& [at, complaint] : {std::pair<std::size_t, std::string>{0, "is no state of"},
                                      {9, "is of a format"},
                                      {state.size() / 2, "is damaged"}}) {
    std::string damaged = state;
    damaged[at] ^= 1;
    INFO(complaint);
    REQUIRE(write_file_atomically(folder / "run/state.bin", damaged));
    const Status status = run_training(small_run(folder / "run", 2), silent);
    REQUIRE(!status);
    CHECK(status.error().message.find(complaint) != std::string::npos);
    CHECK(status.error().message.find("put a copy in its place") != std::string::npos);
    CHECK(*read_file(folder / "run/state.bin") == damaged);
  }
}

TEST_CASE("Training: a run that is stopped while it learns goes on in the middle of the cycle") {
  const TemporaryFolder whole, broken;
  const auto ignore = [](const std::string&) {};
  const auto options_in = [](const TemporaryFolder& folder) {
    TrainingOptions options = small_run(folder / "run", 1);
    options.learner.batch = 8;
    return options;
  };
  REQUIRE(run_training(options_in(whole), {ignore}));

  std::atomic<bool> stop = false;
  std::vector<std::int64_t> learned;
  TrainingHooks hooks{ignore, &stop, [&](const TrainingProgress& progress) {
                        if (progress.what != "learning") return;
                        learned.push_back(progress.done);
                        stop = true;
                      }};
  const std::string net = "run/nets/000001.bin.gz";
  REQUIRE(run_training(options_in(broken), hooks));
  CHECK_FALSE(fs::exists(broken / net));
  stop = false;
  REQUIRE(run_training(options_in(broken), hooks));
  REQUIRE(learned.size() == 2);  // each start learned some batches and was stopped
  CHECK(learned[1] == 2 * learned[0]);

  REQUIRE(run_training(options_in(broken), {ignore}));
  CHECK(*read_file(broken / net) == *read_file(whole / net));
}

TEST_CASE("Training: progress counts the games, what is learned from, and the match") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 2);
  options.match_every = 1;
  options.match_games = 4;
  options.match_simulations = 2;
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

}  // namespace ponnuki::selfplay
