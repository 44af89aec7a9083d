// Runs that learn from game records and from games of their own.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "selfplay/records/record_file.h"
#include "selfplay/run/training_loop.h"
#include "selfplay/run/training_report.h"
#include "tests/support/random_records.h"
#include "tests/support/small_training.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::selfplay {
namespace {

using test::TemporaryFolder;

SplitCollection records(const TemporaryFolder& folder, double holdout = 0.3) {
  std::vector<std::string> files;
  for (std::uint64_t i = 0; i < 20; ++i) {
    const Game game = test::random_finished_game(i, {4, 4});
    files.push_back(folder.write(std::to_string(i) + ".sgf", test::record_of(game)));
  }
  CollectionOptions options;
  options.holdout = holdout;
  auto all = read_collection(files, options, [](const std::string&) {});
  REQUIRE(all);
  return std::move(*all);
}

TrainingOptions mixed_run(const std::string& directory, std::int64_t cycles, double share) {
  TrainingOptions options = test::small_run(directory, cycles);
  options.record_share = share;
  return options;
}

TrainingState run(const TrainingOptions& options, SplitCollection games) {
  const Status status =
      run_training(options, {[](const std::string&) {}, nullptr}, std::move(games));
  INFO((status ? "" : status.error().message));
  REQUIRE(status);
  const auto state = RunDirectory::read_state(options.directory);
  REQUIRE(state);
  REQUIRE(*state);
  return **state;
}

std::string metrics_of(const std::string& folder) {
  const auto directory = RunDirectory::open(folder);
  REQUIRE(directory);
  const auto text = directory->read_metrics();
  REQUIRE(text);
  return *text;
}

/// The numbers under this key, one for each cycle.
std::vector<double> numbers(const std::string& metrics, const char* path) {
  std::vector<double> found;
  std::istringstream lines(metrics);
  for (std::string line; std::getline(lines, line);)
    found.push_back(nlohmann::json::parse(line).at(nlohmann::json::json_pointer(path)));
  return found;
}

}  // namespace

TEST_CASE("Mixed training: the share of the samples comes from records, on top of its own") {
  const TemporaryFolder folder;
  const TrainingState alone = run(mixed_run(folder / "alone", 1, 0), records(folder));
  const TrainingState mixed = run(mixed_run(folder / "mixed", 1, 0.75), records(folder));
  CHECK(alone.rows == mixed.rows);  // the same games of its own
  const double own = numbers(metrics_of(folder / "alone"), "/samples")[0];
  const double all = numbers(metrics_of(folder / "mixed"), "/samples")[0];
  CHECK(all == Approx(4 * own).margin(100));
  const auto positions = static_cast<double>(records(folder).training.positions());
  const double seen = static_cast<double>(mixed.records.epoch) * positions +
                      static_cast<double>(mixed.records.sample);
  CHECK(seen == Approx(0.75 * all).epsilon(0.1));
}

TEST_CASE(
    "Mixed training: games of its own begin at positions of the records that are learned from") {
  const TemporaryFolder folder;
  const SplitCollection all = records(folder);
  TrainingOptions options = mixed_run(folder / "run", 1, 0.5);
  options.games.sizes = {{{4, 4}, 1, 2.5}};
  options.games.random_opening_chance = options.games.opening_moves = options.games.fork_chance = 0;
  options.games.followed_opening_chance = 1;
  run(options, records(folder));
  const auto is_of_a_record = [&](const GameRecord& game, std::size_t length) {
    for (std::int64_t p = 0; p < all.training.positions(); ++p) {
      const auto [record, turn] = all.training.place(p);
      if (turn != length) continue;
      std::size_t same = 0;
      while (same < length && record->moves[same].cell() == game.turns[same].move) ++same;
      if (same == length) return true;
    }
    return false;
  };
  const auto games = read_games(RunDirectory::open(folder / "run")->games_path(1));
  REQUIRE(games);
  constexpr int pass = 16;
  std::size_t longest = 0;
  for (const auto& game : games->games) {
    std::size_t length = 0;
    while (length < game->turns.size() && game->turns[length].weight == 0 &&
           game->turns[length].move != pass)
      ++length;
    CHECK(is_of_a_record(*game, length));
    longest = std::max(longest, length);
  }
  CHECK(longest > 5);
}

TEST_CASE("Mixed training: goes on with the next record, and measures those that are held out") {
  const TemporaryFolder folder;
  const TrainingState first = run(mixed_run(folder / "run", 1, 0.5), records(folder));
  const TrainingState second = run(mixed_run(folder / "run", 2, 0.5), records(folder));
  CHECK(second.records.fingerprint == first.records.fingerprint);
  CHECK(std::pair(second.records.epoch, second.records.sample) >
        std::pair(first.records.epoch, first.records.sample));
  const std::string metrics = metrics_of(folder / "run");
  const auto held_out = static_cast<double>(records(folder).held_out.positions());
  CHECK(numbers(metrics, "/heldOut/positions") == std::vector{held_out, held_out});
  const auto table = training_table(metrics, 5);
  CHECK(table.find("games/h") != std::string::npos);
  CHECK(table.find("top-1 %") != std::string::npos);
}

TEST_CASE("Mixed training: what it has learned from is not held out later") {
  const TemporaryFolder folder;
  run(mixed_run(folder / "run", 1, 0.5), records(folder, 0.1));
  const Status status = run_training(mixed_run(folder / "run", 2, 0.5),
                                     {[](const std::string&) {}, nullptr}, records(folder, 0.5));
  REQUIRE_FALSE(status);
  CHECK(status.error().message.find("give --holdout 0.1") != std::string::npos);
}

}  // namespace ponnuki::selfplay
