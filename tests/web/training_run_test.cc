// A training run as a page shows it.
#include "web/server/training_run.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "engine/file.h"
#include "tests/support/temporary_folder.h"
#include "web/server/table.h"

namespace ponnuki::web {
namespace {

using Json = nlohmann::json;

std::string cycle(int number) {
  return Json{{"cycle", number},
              {"seconds", 60.0 * number},
              {"elo", 10.0 * number},
              {"loss", {{"policy", 3.0 / number}, {"value", 0.5}}}}
             .dump() +
         "\n";
}

std::string games(int count, int moves) {
  selfplay::Games all;
  for (int i = 0; i < count; ++i) {
    selfplay::GameRecord game;
    game.size = {9, 9};
    for (int turn = 0; turn < moves + i; ++turn)
      game.turns.push_back(selfplay::RecordedTurn::of(static_cast<std::uint16_t>(turn), 0, {}));
    game.white_score = -3.5F;
    game.owner.assign(81, Color::kEmpty);
    all.push_back(std::make_shared<const selfplay::GameRecord>(game));
  }
  return selfplay::games_file(all);
}

Json ask(TrainingRun& run, std::int64_t since = 0) { return Json::parse(*run.message(since)); }

TEST_CASE("training run: curves and games, and nothing twice") {
  const test::TemporaryFolder folder;
  folder.write("metrics.jsonl", cycle(1) + cycle(2));
  folder.write("games/000002.games", games(3, 10));
  const auto run = std::move(*TrainingRun::open(folder / ""));
  const Json first = ask(*run);
  bool has_policy = false;
  for (const Json& plot : first["plots"]) {
    for (const Json& curve : plot["curves"]) {
      CHECK(curve["points"].size() == 2);
      if (curve["name"] != "loss/policy") continue;
      has_policy = true;
      CHECK(curve["points"] == Json{{1.0, 3.0}, {2.0, 1.5}});
    }
  }
  CHECK(has_policy);
  REQUIRE(first["games"].size() == 3);
  CHECK(first["games"][0]["moves"] == 12);  // the latest first
  CHECK(first["games"][0]["size"] == "9x9");
  CHECK(first["games"][0]["result"] == "B+3.5");

  const Json same = ask(*run, first["number"]);
  CHECK(same["number"] == first["number"]);
  CHECK_FALSE(same.contains("plots"));

  folder.write("metrics.jsonl", cycle(1) + cycle(2) + cycle(3));
  folder.write("games/000003.games", games(1, 20));
  const Json more = ask(*run, first["number"]);
  CHECK(more["number"] > first["number"]);
  CHECK(more["games"].size() == 4);
  CHECK(more["games"][0]["moves"] == 20);
}

TEST_CASE("training run: a game is a record that can be looked at") {
  const test::TemporaryFolder folder;
  folder.write("config.json", "{}");
  folder.write("games/000001.games", games(1, 10));
  const auto run = std::move(*TrainingRun::open(folder / ""));
  CHECK(ask(*run)["games"].size() == 1);
  const auto sgf = run->game(0, "Ponnuki 1.2.3");
  REQUIRE(sgf);
  CHECK((*Table::read(*sgf))->view().tree->main_moves() == 10);
  CHECK_FALSE(run->game(1, "Ponnuki 1.2.3"));
}

TEST_CASE("training run: long runs have few points, and the last one is there") {
  const test::TemporaryFolder folder;
  std::string metrics;
  for (int i = 1; i <= 1000; ++i) metrics += cycle(i);
  folder.write("metrics.jsonl", metrics);
  const auto run = std::move(*TrainingRun::open(folder / ""));
  const Json points = ask(*run)["plots"][0]["curves"][0]["points"];
  CHECK(points.size() <= 400);
  CHECK(points.back()[0] == 1000.0);
}

TEST_CASE("training run: a run that has not ended its first cycle has no curves yet") {
  const test::TemporaryFolder folder;
  folder.write("config.json", "{}");
  const auto run = std::move(*TrainingRun::open(folder / ""));
  const Json answer = ask(*run);
  CHECK(answer["games"].empty());
  for (const Json& plot : answer["plots"]) CHECK(plot["curves"][0]["points"].empty());
}

TEST_CASE("training run: other folders are told") {
  const test::TemporaryFolder folder;
  CHECK(TrainingRun::open(folder / "nothing").error().message.find("is not the folder") !=
        std::string::npos);
}

}  // namespace
}  // namespace ponnuki::web
