// Ten workers, one of whom plays with another net than it says.
#include <catch2/catch.hpp>

#include "nn/files/katago/model_writer.h"
#include "nn/files/model_file.h"
#include "nn/model/initial_model.h"
#include "selfplay/learning/published_net.h"
#include "swarm/hub_games.h"
#include "tests/support/swarm_fixture.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

constexpr const char* kOptions = "size = \"9\"\n";

nn::Model good_net() { return *nn::load_model(PONNUKI_SOURCE_DIR "/nets/built-in/zero.bin.gz"); }

/// A worker that plays with one net and says that it plays with another one.
class Liar {
 public:
  Liar(std::string name, nn::Model plays, std::string says, std::uint64_t seed)
      : name_(std::move(name)),
        says_(std::move(says)),
        evaluator_(*selfplay::network_of(std::move(plays), nn::kernels::auto_precision())),
        games_(options(), seed, [this](auto game) { ended_.push_back(std::move(game)); }) {}

  /// A block of 8 games.
  GameBlock next() {
    while (ended_.size() < 8) games_.step(evaluator_);
    const std::string body = pack(ended_)->front();
    ended_.clear();
    return {kWire, name_, ++number_, 0, says_, fingerprint_of(kOptions), body};
  }

 private:
  static selfplay::TrainingGamesOptions options() {
    selfplay::TrainingGamesOptions options;
    options.games = 8;
    options.simulations = 2;
    return options;
  }

  const std::string name_, says_;
  nn::NetEvaluator evaluator_;
  selfplay::Games ended_;
  selfplay::TrainingGames games_;
  std::uint64_t number_ = 0;
};

TEST_CASE("swarm: one bad worker in ten is out within 200 games, and none of them remains") {
  test::MemoryHub hub;
  const test::TemporaryFolder folder;
  std::filesystem::create_directories(folder / "games");
  const std::string games_file = folder / "games/000001.games";
  std::vector<std::string> said;
  HubGames source(hub.learner(),
                  {folder / "", kOptions, {{9, 9}}, 1, 1, [&](const std::string& line) {
                     said.push_back(line);
                   }});
  REQUIRE(source.open(1));
  const std::string net = sha256(*nn::model_to_bytes(good_net(), {}));
  std::vector<std::unique_ptr<Liar>> workers;
  for (int i = 0; i < 10; ++i)
    workers.push_back(std::make_unique<Liar>(
        "worker-" + std::to_string(i), i == 7 ? nn::make_initial_model({2, 16}, 5) : good_net(),
        net, static_cast<std::uint64_t>(i)));
  auto writer = selfplay::GamesWriter::open(games_file);
  REQUIRE(writer);
  std::int64_t bad_games = 0;
  for (int round = 0; round < 10 && source.withdrawals() == 0; ++round) {
    for (const auto& worker : workers) hub.put(worker->next());
    bad_games += 8;
    REQUIRE(source.play({1, 70, good_net, {7}, [&] { return writer->size(); }}, nullptr,
                        [&](const selfplay::Games& games) { return writer->append(games); }, {}));
  }
  WARN("out after " << bad_games << " games");
  CHECK(bad_games <= 200);
  REQUIRE(said.size() == 1);
  CHECK(said[0].starts_with("all games of worker-7 are taken out: "));
  auto file = selfplay::read_games(games_file);
  REQUIRE(file);
  const std::size_t stored = file->games.size();
  source.take_out_withdrawn(1, *file);
  CHECK(stored - file->games.size() <= static_cast<std::size_t>(bad_games));
  CHECK(file->games.size() % 72 == 0);  // the others' games of each round
}

}  // namespace
}  // namespace ponnuki::swarm
