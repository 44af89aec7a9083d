// Training runs whose files are damaged, moved or left over: what is wrong is told, and the rest
// goes on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>

#include "engine/file.h"
#include "selfplay/records/record_file.h"
#include "selfplay/run/metrics_text.h"
#include "selfplay/run/training_loop.h"
#include "tests/support/small_training.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

namespace fs = std::filesystem;
using test::small_run;
using test::TemporaryFolder;
using Lines = std::vector<std::string>;

/// Matches in cycles 2, 4, … against the net of cycle 1.
TrainingOptions with_matches(const std::string& directory, std::int64_t cycles) {
  TrainingOptions options = small_run(directory, cycles);
  options.match_every = 2;
  options.match_games = 2;
  options.match_simulations = 2;
  return options;
}

Lines run(const TrainingOptions& options) {
  Lines said;
  const Status status =
      run_training(options, {[&](const std::string& line) { said.push_back(line); }, nullptr});
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
  return said;
}

bool has(const Lines& said, const std::string& part) {
  return std::ranges::any_of(said, [&](const auto& line) { return line.find(part) != line.npos; });
}

void damage(const std::string& path, std::size_t at) {
  std::string bytes = *read_file(path);
  bytes[at] ^= 1;
  std::ofstream(path, std::ios::binary) << bytes;
}

}  // namespace

TEST_CASE("Faulty runs: without its anchor a run goes on, against another one") {
  for (const bool is_missing : {false, true}) {
    const TemporaryFolder folder;
    const std::string directory = folder / "run", anchor = directory + "/nets/000001.bin.gz";
    run(with_matches(directory, 3));
    if (is_missing)
      fs::remove(anchor);
    else
      fs::resize_file(anchor, fs::file_size(anchor) / 2);
    Lines said = run(with_matches(directory, 4));
    CHECK(has(said, anchor));
    CHECK(has(said, "From now on they are played against the net of cycle 4, which counts as Elo"));
    const auto state = RunDirectory::open(directory)->read_state();
    CHECK((*state)->anchor == 4);
    CHECK((*state)->anchor_elo == (*state)->elo);
    said = run(with_matches(directory, 6));
    CHECK_FALSE(has(said, anchor));
    CHECK(said.back().find("  Elo ") != std::string::npos);  // there was a match
  }
}

TEST_CASE("Faulty runs: games of the cycle under way, of the past, and of no kind") {
  const TemporaryFolder folder;
  const std::string directory = folder / "run";
  run(small_run(directory, 2));
  const std::string second = directory + "/games/000002.games",
                    third = directory + "/games/000003.games";
  const Games games = read_games(second)->games;
  const Games some(games.begin(), games.begin() + 5);
  std::ofstream(third, std::ios::binary) << games_file(some);
  damage(second, 2);
  damage(third, 9);
  Lines said = run(small_run(directory, 3));
  CHECK(has(said, second + ": the header is damaged"));
  CHECK(has(said,
            third + ": the header is damaged; the file as it was is now " + third + ".damaged"));
  const auto file = read_games(third);
  REQUIRE(file);
  CHECK(file->damage.empty());
  CHECK(file->games.size() >= 12);
  CHECK(file->games.size() < 12 + 5);

  const std::string fourth = directory + "/games/000004.games";
  std::ofstream(fourth, std::ios::binary) << "these are no games at all";
  std::ofstream(directory + "/games/000001.games", std::ios::binary) << "";
  said = run(small_run(directory, 4));
  CHECK(has(said, fourth + ": no file of games of self-play; it is now " + fourth + ".damaged"));
  CHECK(has(said, "000001.games: has lost its games"));
  CHECK(*read_file(fourth + ".damaged") == "these are no games at all");
  CHECK(read_games(fourth)->games.size() >= 12);
}

TEST_CASE("Faulty runs: damaged and missing lines of the metrics") {
  const TemporaryFolder folder;
  const std::string directory = folder / "run", path = directory + "/metrics.jsonl";
  run(small_run(directory, 3));
  std::string text = *read_file(path);
  text.replace(text.find("\"seconds\":"), 10, "\"seconds\";");
  std::ofstream(path) << text;
  Lines said = run(small_run(directory, 4));
  CHECK(has(said, path + ": line 1 is damaged and left out; the file as it was is now " + path +
                      ".damaged"));
  CHECK(*read_file(path + ".damaged") == text);
  const MetricsText metrics = split_metrics(*read_file(path));
  CHECK(metrics.damaged.empty());
  REQUIRE(metrics.lines.size() == 3);
  CHECK(metrics.lines.front().cycle == 2);
  CHECK(metrics.lines.back().cycle == 4);

  std::ofstream(path) << "";
  said = run(small_run(directory, 5));
  CHECK(has(said, path + ": the lines of cycles 1 to 4 are missing"));
  CHECK_FALSE(has(run(small_run(directory, 6)), path));
}

TEST_CASE("Faulty runs: a folder that is moved away and replaced is not written any more") {
  const TemporaryFolder folder;
  const std::string directory = folder / "run", moved = folder / "moved";
  TrainingOptions options = small_run(directory, 100);
  std::map<std::string, std::string> other;  // the files of another run
  run(small_run(folder / "other", 1));
  const TrainingHooks hooks{[&](const std::string& line) {
                              if (!line.starts_with("cycle 2 ")) return;
                              fs::rename(directory, moved);
                              fs::rename(folder / "other", directory);
                              for (const auto& entry : fs::recursive_directory_iterator(directory))
                                if (entry.is_regular_file())
                                  other[entry.path().string()] = *read_file(entry.path().string());
                            },
                            nullptr};
  const Status status = run_training(options, hooks);
  REQUIRE_FALSE(status);
  CHECK(status.error().message.starts_with(directory + ": was moved, removed or replaced while"));
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    CHECK(other[entry.path().string()] == *read_file(entry.path().string()));
  }
  CHECK(files == other.size());
  CHECK(has(run(small_run(moved, 3)), "going on after cycle 2"));
}

TEST_CASE("Faulty runs: temporary files of killed processes go, those of others stay") {
  const TemporaryFolder folder;
  const std::string directory = folder / "run";
  run(small_run(directory, 1));
  const Lines own = {"state.bin.tmp-000000",          "state.bin.tmp-Ab12yz",
                     "config.json.tmp-abcdef",        "metrics.jsonl.tmp-abcdef",
                     "index.html.tmp-abcdef",         "state.conf.tmp-abcdef",
                     "records.bin.tmp-abcdef",        "records.conf.tmp-abcdef",
                     "nets/000001.bin.gz.tmp-abcdef", "nets/1234567.bin.gz.tmp-abcdef",
                     "games/000001.games.tmp-abcdef"};
  const Lines others = {"notes.tmp-backup", "state.bin.tmp-old", "nets/best.bin.gz.tmp-abcdef",
                        "nets/000001.onnx.tmp-abcdef", "games/x.tmp-abcdef"};
  for (const Lines& names : {own, others})
    for (const std::string& name : names) folder.write("run/" + name, "left");
  run(small_run(directory, 2));
  for (const std::string& name : own) {
    INFO(name);
    CHECK_FALSE(fs::exists(directory + "/" + name));
  }
  for (const std::string& name : others) {
    INFO(name);
    CHECK(*read_file(directory + "/" + name) == "left");
  }
}

TEST_CASE("Faulty runs: options that are damaged are not used") {
  const TemporaryFolder folder;
  const std::string directory = folder / "run", path = directory + "/state.conf";
  TrainingOptions options = small_run(directory, 1);
  options.given = "games = \"12\"\n";
  run(options);
  const auto check = [&] { return RunDirectory::check_options(directory, RunKind::kOwnGames); };
  CHECK(check());
  damage(path, 65);
  CHECK(check().error().message.starts_with(path + ": is damaged (its checksum is wrong)"));
  std::ofstream(path) << "";
  CHECK(check().error().message.starts_with(path + ": is empty"));
  fs::remove(path);
  CHECK(check());
  CHECK(RunDirectory::check_options(folder / "nowhere", RunKind::kRecords));
}

TEST_CASE("Faulty runs: a stop before the first game is no end of the run") {
  const TemporaryFolder folder;
  Lines said;
  const std::atomic<bool> stop = true;
  const TrainingHooks hooks{[&](const std::string& line) { said.push_back(line); }, &stop};
  REQUIRE(run_training(small_run(folder / "run", 5), hooks));
  CHECK(said == Lines{"stopped before it began; the next start goes on"});
}

}  // namespace ponnuki::selfplay
