// A learner's games from a hub in memory, and a worker that plays for it.
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>
#include <thread>

#include "nn/files/katago/model_writer.h"
#include "nn/model/initial_model.h"
#include "swarm/hub_games.h"
#include "swarm/spool.h"
#include "swarm/worker.h"
#include "tests/support/swarm_fixture.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

constexpr const char* kOptions = "size = \"5\"\n";

/// The part of a training run that keeps games: a file, as TrainingLoop has it.
class Run {
 public:
  explicit Run(test::MemoryHub& hub) : hub_(hub) {
    std::filesystem::create_directories(folder_ / "run/games");
  }

  /// Plays until there are `count` games, in a process of its own, so to say.
  Status play(std::int64_t count, bool fails_to_store = false) {
    HubGames source(hub_.learner(), options());
    REQUIRE(source.open(1));
    auto writer = selfplay::GamesWriter::open(folder_ / "run/games/000001.games");
    REQUIRE(writer);
    const selfplay::GamesWanted wanted{1,
                                       count,
                                       [] {
                                         return nn::make_initial_model({1, 8}, 1);
                                       },
                                       {7},
                                       [&] { return writer->size(); }};
    return source.play(wanted, nullptr,
                       [&](const selfplay::Games& games) -> Status {
                         if (fails_to_store) return Error{"disk full"};
                         return writer->append(games);
                       },
                       {});
  }
  /// Each stored game that counts, as bytes.
  std::vector<std::string> stored() const {
    std::vector<std::string> all;
    auto file = selfplay::read_games(folder_ / "run/games/000001.games");
    if (!file) return all;
    HubGames source(hub_.learner(), options());
    REQUIRE(source.open(1));
    source.take_out_withdrawn(1, *file);
    for (const auto& game : file->games) {
      std::string bytes;
      write_game(*game, bytes);
      all.push_back(bytes);
    }
    return all;
  }
  HubGames::Options options() const {
    HubGames::Options options{folder_ / "run", kOptions, {{5, 5}}, 1, 1, [](const auto&) {}};
    if (auto keys = WorkerKeys::open(users_)) options.keys = std::move(*keys);
    return options;
  }
  /// From now on blocks must be signed.
  void add_user(const std::string& name, const SigningKey& key) const {
    REQUIRE(HubUsers::open(users_)->add_worker(name, key.public_key(), "run"));
  }
  std::string net() const {
    return sha256(*nn::model_to_bytes(nn::make_initial_model({1, 8}, 1), {}));
  }
  GameBlock block(std::uint64_t number, int games, const std::string& worker = "ann") const {
    return {kWire,
            worker,
            number,
            0,
            net(),
            fingerprint_of(kOptions),
            pack(test::random_games(games, 1000 * number + worker.size()))->front()};
  }

 private:
  test::TemporaryFolder folder_;
  const std::string users_ = folder_ / "users.conf";
  test::MemoryHub& hub_;
};

WorkerOptions worker_options(const std::string& folder) {
  WorkerOptions options;
  options.name = "ann";
  options.folder = folder;
  options.read_options = [](const std::string& text) -> Result<selfplay::TrainingGamesOptions> {
    if (text != kOptions) return Error{"other options: " + text};
    selfplay::TrainingGamesOptions wanted;
    wanted.sizes = {{{5, 5}, 1}};
    wanted.simulations = 2;
    return wanted;
  };
  options.say = [](const std::string&) {};
  return options;
}

TEST_CASE("hub games: blocks are stored once, in order, whatever comes twice or too early") {
  test::MemoryHub hub;
  Run run(hub);
  hub.put(run.block(2, 3));
  hub.put(run.block(1, 2));
  hub.put(run.block(1, 2));
  hub.put(run.block(1, 4, "benno"));
  REQUIRE(run.play(9));
  CHECK(run.stored().size() == 9);
  CHECK(hub.stored("ann") == 2);
  CHECK(hub.stored("benno") == 1);
  CHECK(hub.waiting() == 0);
  hub.put(run.block(2, 3));  // sent again after the worker has lost its connection
  hub.put(run.block(3, 1));
  REQUIRE(run.play(1));
  CHECK(run.stored().size() == 10);
}

TEST_CASE(
    "hub games: a learner that dies between its ledger and its games loses and doubles none") {
  test::MemoryHub hub;
  Run run(hub);
  hub.put(run.block(1, 5));
  CHECK_FALSE(run.play(5, true));
  CHECK(run.stored().empty());
  CHECK(hub.stored("ann") == 0);  // the worker keeps its block
  REQUIRE(run.play(5));
  CHECK(run.stored().size() == 5);
  CHECK(hub.stored("ann") == 1);
}

TEST_CASE("hub games: a refused block is noted, and the next ones are taken") {
  test::MemoryHub hub;
  Run run(hub);
  GameBlock bad = run.block(1, 2);
  bad.net = "another";
  hub.put(bad);
  hub.put(run.block(2, 2));
  REQUIRE(run.play(2));
  CHECK(run.stored().size() == 2);
  CHECK(hub.stored("ann") == 2);
}

TEST_CASE("hub games: where keys are known, only what its worker has signed is taken") {
  test::MemoryHub hub;
  Run run(hub);
  const SigningKey ann = *SigningKey::make(), mallory = *SigningKey::make();
  run.add_user("ann", ann);
  run.add_user("mallory", mallory);
  const auto put = [&](GameBlock block, const SigningKey& key) {
    block.signature = *key.sign(signed_text(block));
    hub.put(block);
    return block;
  };
  const GameBlock first = put(run.block(1, 2), ann);
  put(run.block(2, 3), mallory);  // in Ann's name
  hub.put(run.block(3, 3));       // without a signature
  GameBlock again = first;
  again.number = 4;  // her old games, once more
  hub.put(again);
  put(run.block(5, 4), ann);
  REQUIRE(run.play(6));
  CHECK(run.stored().size() == 6);
  CHECK(hub.stored("ann") == 5);
}

TEST_CASE("hub games: the games of a withdrawn worker count no more, and none is taken") {
  test::MemoryHub hub;
  Run run(hub);
  hub.put(run.block(1, 2, "ann"));
  hub.put(run.block(1, 3, "carla"));
  hub.put(run.block(2, 4, "ann"));
  REQUIRE(run.play(9));
  hub.withdraw("carla");
  hub.put(run.block(2, 5, "carla"));
  hub.put(run.block(3, 1, "ann"));
  REQUIRE(run.play(1));
  CHECK(run.stored().size() == 7);
  CHECK(hub.stored("carla") == 2);  // she need not send it again
  REQUIRE(run.play(0));             // another process
  CHECK(run.stored().size() == 7);
}

TEST_CASE("hub games: a learner whose folder is from a backup takes what its workers still have") {
  test::MemoryHub hub;
  Run run(hub);
  GameBlock block = run.block(13, 2);
  block.oldest = 13;
  hub.put(run.block(14, 2));
  hub.put(block);
  REQUIRE(run.play(4));
  CHECK(run.stored().size() == 4);
  CHECK(hub.stored("ann") == 14);
}

TEST_CASE("worker: it plays what the learner wants, and repeats no game after a restart") {
  test::MemoryHub hub;
  Run run(hub);
  const test::TemporaryFolder folder;
  const auto play_some = [&](std::int64_t games) {
    test::RunningWorker worker(hub, worker_options(folder / "ann"));
    const Status played = run.play(games);
    CHECK(worker.stop());
    REQUIRE(played);
  };
  play_some(20);
  play_some(20);
  play_some(20);
  const std::vector<std::string> games = run.stored();
  CHECK(games.size() >= 60);
  CHECK(std::set<std::string>(games.begin(), games.end()).size() == games.size());
}

TEST_CASE("worker: its numbers go on where the learner is, also if its spool is lost") {
  test::MemoryHub hub;
  Run run(hub);
  for (std::uint64_t n = 1; n <= 4; ++n) hub.put(run.block(n, 1));
  REQUIRE(run.play(4));
  const test::TemporaryFolder folder;
  test::RunningWorker worker(hub, worker_options(folder / "ann"));
  const Status played = run.play(10);
  CHECK(worker.stop());
  REQUIRE(played);
  CHECK(run.stored().size() >= 14);
  CHECK(hub.stored("ann") >= 5);
}

TEST_CASE("worker: it ends with an error where another machine works under its name") {
  test::MemoryHub hub;
  Run run(hub);
  const test::TemporaryFolder folder;
  test::RunningWorker worker(hub, worker_options(folder / "ann"));
  REQUIRE(run.play(10));
  // The learner has stored blocks that this machine has not played yet.
  REQUIRE(hub.learner()->tell_stored("ann", 1'000'000));
  const Status worked = worker.wait();
  REQUIRE_FALSE(worked);
  CHECK(worked.error().message.find("somebody else plays as 'ann'") == 0);
}

TEST_CASE("worker: its games wait while the hub is away, and are sent when it is back") {
  test::MemoryHub hub;
  Run run(hub);
  const test::TemporaryFolder folder;
  {
    const auto spool = std::move(*Spool::open(folder / "ann", "ann"));
    for (std::uint64_t n = 1; n <= 3; ++n) REQUIRE(spool->add(run.block(n, 1)));
  }
  hub.set_away(true);
  WorkerOptions options = worker_options(folder / "ann");
  options.read_options = [](const std::string&) -> Result<selfplay::TrainingGamesOptions> {
    return Error{"it plays nothing here"};
  };
  test::RunningWorker worker(hub, options);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  CHECK(hub.waiting() == 0);
  hub.set_away(false);
  REQUIRE(run.play(3));
  CHECK(worker.stop());
  CHECK(run.stored().size() == 3);
  CHECK((*Spool::open(folder / "ann", "ann"))->waiting().empty());
}

}  // namespace
}  // namespace ponnuki::swarm
