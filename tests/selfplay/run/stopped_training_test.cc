// Training runs that are stopped in the middle of a cycle: no game is played twice, no half result
// counts, and the numbers are those of a run that was not stopped.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "engine/file.h"
#include "nn/files/model_file.h"
#include "selfplay/records/record_file.h"
#include "selfplay/run/training_loop.h"
#include "selfplay/run/training_report.h"
#include "tests/support/small_training.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

using test::TemporaryFolder;
using Lines = std::vector<std::string>;

TrainingOptions small_run(const std::string& directory, std::int64_t cycles) {
  TrainingOptions options = test::small_run(directory, cycles);
  options.match_every = 0;
  return options;
}

/// Trains until `stops` says so of some progress. Returns what was said.
Lines run(const TrainingOptions& options,
          const std::function<bool(const TrainingProgress&)>& stops = {}) {
  Lines said;
  std::atomic<bool> stop = false;
  const TrainingHooks hooks{[&](const std::string& line) { said.push_back(line); }, &stop,
                            [&](const TrainingProgress& progress) {
                              if (stops && stops(progress)) stop = true;
                            }};
  const Status status = run_training(options, hooks);
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
  return said;
}

/// For run(): at the first progress of this kind, after so much of it.
auto at(const std::string& what, std::int64_t done = 1) {
  return [=](const TrainingProgress& now) { return now.what == what && now.done >= done; };
}

bool has(const Lines& said, const std::string& part) {
  return std::ranges::any_of(said, [&](const auto& line) { return line.find(part) != line.npos; });
}

TrainingState state_of(const std::string& directory) {
  const auto opened = RunDirectory::open(directory);
  REQUIRE(opened);
  const auto state = opened->read_state();
  REQUIRE(state);
  REQUIRE(*state);
  return **state;
}

std::vector<nlohmann::json> metrics_of(const std::string& directory) {
  std::vector<nlohmann::json> lines;
  std::istringstream text(*read_file(directory + "/metrics.jsonl"));
  for (std::string line; std::getline(text, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

std::string path_of(const std::string& directory, const char* folder, int cycle, const char* type) {
  return directory + "/" + folder + "/00000" + std::to_string(cycle) + type;
}
std::string net_of(const std::string& directory, int cycle) {
  return path_of(directory, "nets", cycle, ".bin.gz");
}

Games games_of(const std::string& directory, int cycle) {
  const auto file = read_games(path_of(directory, "games", cycle, ".games"));
  REQUIRE(file);
  CHECK(file->damage.empty());
  return file->games;
}

std::string bytes_of(const GameRecord& game) {
  std::string bytes;
  write_game(game, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("Stopped training: however often it begins again, no game is there twice") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 2);
  options.threads = GENERATE(1, 2);
  options.games_per_cycle = 300;  // some more games are played before a stop takes effect
  options.games.sizes = {{{5, 5}, 1}};
  int starts = 0;
  for (std::int64_t done = 20; done < 140; done += 20, ++starts) run(options, at("games", done));
  CHECK(state_of(folder / "run").cycle == 0);
  run(options);
  std::set<std::string> all;
  std::size_t count = 0, distinct = 0;
  for (const int cycle : {1, 2}) {
    const Games games = games_of(folder / "run", cycle);
    CHECK(games.size() >= 300);
    count += games.size();
    for (const auto& game : games) {
      if (game->turns.size() < 6) continue;  // chance may repeat a game of two passes
      ++distinct;
      all.insert(bytes_of(*game));
    }
    CHECK(metrics_of(folder / "run")[static_cast<std::size_t>(cycle - 1)]["games"] == count);
  }
  CHECK(all.size() == distinct);
  CHECK(distinct > count / 2);
}

TEST_CASE("Stopped training: begun from nothing, it repeats to the bit") {
  const TemporaryFolder one, two;
  run(small_run(one / "run", 2));
  run(small_run(two / "run", 2));
  CHECK(*read_file(net_of(one / "run", 2)) == *read_file(net_of(two / "run", 2)));
}

TEST_CASE("Stopped training: a match that was stopped has no result and is played anew") {
  const TemporaryFolder whole, broken;
  const auto options_in = [](const TemporaryFolder& folder) {
    TrainingOptions options = small_run(folder / "run", 2);
    options.match_every = 2;
    options.match_games = 40;
    options.match_simulations = 2;
    return options;
  };
  run(options_in(whole));
  REQUIRE(has(run(options_in(broken), at("match")),
              "the match of cycle 2 was stopped and has no result; the next start plays it anew"));
  const TrainingState state = state_of(broken / "run");
  CHECK(under_way(state).find("its match has no result yet") != std::string::npos);
  CHECK(state.cycle == 1);
  CHECK(state.anchor == 1);
  CHECK(state.elo == 0);
  CHECK(metrics_of(broken / "run").size() == 1);

  CHECK(has(run(options_in(broken), at("match", 2)), "cycle 2 was broken off; it begins anew"));
  CHECK(has(run(options_in(broken)), "cycle 2 was broken off; it begins anew"));
  const auto metrics = metrics_of(broken / "run"), expected = metrics_of(whole / "run");
  REQUIRE(metrics.size() == 2);
  for (const char* number : {"matchGames", "elo", "games", "samples", "windowRows", "loss"})
    CHECK(metrics[1][number] == expected[1][number]);
  CHECK(metrics[1]["matchGames"] == 40);
  CHECK(metrics[0]["matchGames"] == 0);
  CHECK(state_of(broken / "run").anchor == state_of(whole / "run").anchor);
  CHECK(under_way(state_of(broken / "run")).empty());
  CHECK(*read_file(net_of(broken / "run", 2)) == *read_file(net_of(whole / "run", 2)));
}

TEST_CASE("Stopped training: the losses of a cycle are those of all its batches") {
  const TemporaryFolder whole, broken;
  const auto options_in = [](const TemporaryFolder& folder) {
    TrainingOptions options = small_run(folder / "run", 1);
    options.learner.batch = 4;
    return options;
  };
  run(options_in(whole));
  run(options_in(broken), at("learning"));
  CHECK(state_of(broken / "run").work.batches > 0);
  CHECK(state_of(broken / "run").cycle == 0);
  run(options_in(broken), at("learning"));
  run(options_in(broken));
  const auto one = metrics_of(broken / "run")[0], other = metrics_of(whole / "run")[0];
  CHECK(one["loss"]["policy"].get<double>() == Approx(other["loss"]["policy"].get<double>()));
  CHECK(one["gradientNorm"].get<double>() == Approx(other["gradientNorm"].get<double>()));
  CHECK(one["samples"] == other["samples"]);
}

TEST_CASE("Stopped training: another size of batches in the middle of a cycle") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 1);
  options.learner.batch = 4;
  run(options, at("learning"));
  REQUIRE(state_of(folder / "run").work.batches == kBatchesAtOnce);
  options.learner.batch = 6;
  run(options);
  const auto metrics = metrics_of(folder / "run")[0];
  const double due = options.reuse * metrics["windowRows"].get<double>();
  CHECK(metrics["samples"].get<double>() == Approx(due).margin(3));
}

TEST_CASE("Stopped training: a cycle that was begun in time is played to its end") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 0);
  options.games_per_cycle = 100;
  run(options, at("games"));
  options.minutes = 1e-6;
  const std::size_t before = games_of(folder / "run", 1).size();
  REQUIRE(before < 100);
  run(options);
  CHECK(metrics_of(folder / "run").size() == 1);
  CHECK(games_of(folder / "run", 1).size() >= 100);
  CHECK(has(run(options), "this run is at its end"));
  CHECK(metrics_of(folder / "run").size() == 1);
}

TEST_CASE(
    "Stopped training: a net does not grow in the middle of a cycle, whose games would be lost") {
  const TemporaryFolder folder;
  TrainingOptions options = small_run(folder / "run", 2);
  options.games_per_cycle = 100;
  options.games.sizes = {{{5, 5}, 1}};
  options.learner.batch = 64;
  options.cycles = 1;
  run(options);
  options.cycles = 2;
  run(options, at("games"));
  REQUIRE(games_of(folder / "run", 2).size() < 100);
  options.growth = {{{1, 16}, 0}};
  options.cycles = 3;
  run(options);
  CHECK(nn::load_model(net_of(folder / "run", 2))->trunk.channels == 8);
  CHECK(nn::load_model(net_of(folder / "run", 3))->trunk.channels == 16);
  const auto metrics = metrics_of(folder / "run");
  CHECK(metrics[1]["games"] ==
        games_of(folder / "run", 1).size() + games_of(folder / "run", 2).size());
}

TEST_CASE("Stopped training: a grown net has caught up when it has learned, not when it was to") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 2));
  const auto before = metrics_of(folder / "run").back();
  TrainingOptions options = small_run(folder / "run", 0);
  options.growth = {{{1, 16}, 0}};
  options.learner.batch = 1000;  // more than a cycle's samples: less than half a batch was none
  options.catch_up = 4;
  std::int64_t cycles = 2;
  do {
    options.cycles = ++cycles;
    run(options);
    REQUIRE(cycles < 10);
  } while (state_of(folder / "run").catch_up > 0);
  CHECK_FALSE(file_exists(path_of(folder / "run", "games", static_cast<int>(cycles), ".games")));
  // Samples count from the net's first.
  const auto learned = metrics_of(folder / "run").back()["samples"].get<double>();
  const double due = 4 * before["windowRows"].get<double>();
  CHECK(learned >= due);
  CHECK(learned < due + 1000);
}

TEST_CASE("Stopped training: results without a state are not written over") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 1));
  const std::string metrics = *read_file(folder / "run/metrics.jsonl");
  const std::string state = *read_file(folder / "run/state.bin");
  std::filesystem::remove(folder / "run/state.bin");
  const TrainingHooks silent{[](const std::string&) {}, nullptr};
  const Status status = run_training(small_run(folder / "run", 2), silent);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find("state.bin: is missing, but there are results") !=
        std::string::npos);
  CHECK(*read_file(folder / "run/metrics.jsonl") == metrics);
  REQUIRE(write_file_atomically(folder / "run/state.bin", state));
  run(small_run(folder / "run", 2));
}

TEST_CASE("Stopped training: what a killed process was just writing is cleared away") {
  const TemporaryFolder folder;
  run(small_run(folder / "run", 1));
  folder.write("run/state.bin.tmp-a1B2c3", "half");
  folder.write("run/nets/000002.bin.gz.tmp-zzzzzz", "half");
  folder.write("run/state.bin.backup", "a copy");
  run(small_run(folder / "run", 2));
  CHECK_FALSE(file_exists(folder / "run/state.bin.tmp-a1B2c3"));
  CHECK_FALSE(file_exists(folder / "run/nets/000002.bin.gz.tmp-zzzzzz"));
  CHECK(file_exists(folder / "run/state.bin.backup"));
}

}  // namespace ponnuki::selfplay
