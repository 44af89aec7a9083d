// A match that a worker plays as well, by a hub in memory.
#include <catch2/catch.hpp>
#include <thread>

#include "nn/model/initial_model.h"
#include "swarm/hub_matches.h"
#include "swarm/worker.h"
#include "tests/support/swarm_fixture.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

selfplay::NetMatchOptions match_of(int games) {
  selfplay::NetMatchOptions match;
  match.size = {5, 5};
  match.games = games;
  match.simulations = 4;
  return match;
}

std::array<nn::Model, 2> models() {
  return {nn::make_initial_model({1, 8}, 1), nn::make_initial_model({1, 8}, 2)};
}

TEST_CASE("hub matches: without workers this machine plays alone, with the same result") {
  test::MemoryHub hub;
  std::string said;
  HubMatches matches(hub.matches(),
                     {nn::kernels::Precision::kFp32, {}, [&](const auto& line) { said += line; }});
  const auto together = matches.play(models(), match_of(21));
  const auto alone =
      selfplay::OwnMatches(nn::kernels::Precision::kFp32).play(models(), match_of(21));
  REQUIRE(together);
  REQUIRE(alone);
  CHECK(together->games() == 21);
  CHECK(together->wins == alone->wins);
  CHECK(said.empty());
}

TEST_CASE("hub matches: a worker plays its share, although nobody wants training games") {
  test::MemoryHub hub;
  std::string said;
  HubMatches matches(hub.matches(),
                     {nn::kernels::Precision::kFp32, {}, [&](const auto& line) { said += line; }});
  const test::TemporaryFolder folder;
  WorkerOptions options;
  options.name = "ann";
  options.folder = folder / "ann";
  options.precision = nn::kernels::Precision::kFp32;
  options.say = [](const std::string&) {};
  test::RunningWorker worker(hub, options);
  for (int i = 0; i < 20 && said.empty(); ++i) {
    const auto tally = matches.play(models(), match_of(1000));
    REQUIRE(tally);
    CHECK(tally->games() == 1000);
  }
  CHECK(worker.stop());
  INFO(said);
  CHECK(said.find("of 1000 games of the match workers played: ann ") == 0);
}

TEST_CASE("hub matches: a stop ends the match early") {
  test::MemoryHub hub;
  HubMatches matches(hub.matches(), {nn::kernels::Precision::kFp32, {}, [](const auto&) {}});
  selfplay::NetMatchOptions match = match_of(10'000);
  std::atomic<bool> stop{false};
  match.stop = &stop;
  match.progress = [&](int ended) { stop = ended > 0; };
  const auto tally = matches.play(models(), match);
  REQUIRE(tally);
  CHECK(tally->games() > 0);
  CHECK(tally->games() < 10'000);
}

}  // namespace
}  // namespace ponnuki::swarm
