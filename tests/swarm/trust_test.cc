// Games that are legal, but not played with the net that they name.
#include "swarm/trust.h"

#include <catch2/catch.hpp>

#include "engine/file.h"
#include "nn/files/model_file.h"
#include "nn/model/initial_model.h"
#include "selfplay/games/training_games.h"
#include "selfplay/learning/published_net.h"
#include "swarm/announcement.h"
#include "swarm/canary.h"
#include "swarm/spot_checks.h"
#include "tests/support/temporary_folder.h"

namespace ponnuki::swarm {
namespace {

const std::string kNetFile = PONNUKI_SOURCE_DIR "/nets/built-in/zero.bin.gz";

std::shared_ptr<nn::Network> network_of(nn::Model model) {
  return *selfplay::network_of(std::move(model), nn::kernels::auto_precision());
}

/// Games as a worker plays them with this net.
selfplay::Games games_of(nn::Model model, int count, int simulations = 8, std::uint8_t size = 9) {
  selfplay::Games games;
  selfplay::TrainingGamesOptions options;
  options.sizes.front().size = {size, size};
  options.games = std::min(count, 8);
  options.simulations = simulations;
  selfplay::TrainingGames players(options, 1, [&](std::unique_ptr<selfplay::GameRecord> game) {
    games.push_back(std::move(game));
  });
  nn::NetEvaluator evaluator(network_of(std::move(model)));
  while (static_cast<int>(games.size()) < count) players.step(evaluator);
  return games;
}

nn::Model good_net() { return *nn::load_model(kNetFile); }

const selfplay::Games& honest_games() {
  static const selfplay::Games games = games_of(good_net(), 24);
  return games;
}

/// The verdict on a worker with these games beside an honest one; "" if it is trusted.
std::string verdict(const selfplay::Games& games) {
  const test::TemporaryFolder folder;
  const NetFolder nets(folder / "nets");
  const std::string bytes = *read_file(kNetFile), net = sha256(bytes);
  REQUIRE(nets.put(net, bytes));
  SpotChecks checks(nets, 1);
  checks.look_at("ann", net, honest_games());
  checks.look_at("ben", net, games);
  CHECK_FALSE(checks.trust().suspicion("ann"));
  return checks.trust().suspicion("ben").value_or("");
}

/// Each game, changed in some way.
template <typename Change>
selfplay::Games changed(const selfplay::Games& games, const Change& change) {
  selfplay::Games result;
  for (const auto& game : games) {
    auto copy = std::make_shared<selfplay::GameRecord>(*game);
    for (auto& turn : copy->turns) change(turn);
    result.push_back(std::move(copy));
  }
  return result;
}

TEST_CASE("trust: honest games are trusted, and others are found after 24 games of one worker") {
  const selfplay::Games& honest = honest_games();
  CHECK(verdict(honest).empty());
  const auto flipped = changed(honest, [](auto& turn) { std::swap(turn.win, turn.loss); });
  CHECK(verdict(flipped) == "its values are not those of the net");
  const auto random_moves = changed(honest, [](auto& turn) {
    std::ranges::fill(turn.policy, static_cast<std::uint8_t>(turn.policy.empty() ? 0 : 255));
  });
  CHECK(verdict(random_moves) == "its moves are not those of the net");
}

TEST_CASE("trust: games of a random net are found") {
  CHECK(verdict(games_of(nn::make_initial_model({2, 16}, 5), 24)) ==
        "its moves are not those of the net");
}

/// The figures of docs/results/swarm.md: what honest games reach of what the net lets expect.
TEST_CASE("trust: what honest games reach", "[.][figures]") {
  const char* const file = GENERATE("zero", "records", "");
  const int simulations = GENERATE(2, 8, 32, 100);
  const std::uint8_t size = std::string(file) == "records" ? 19 : 9;
  const auto net = [&] {
    return *file == '\0' ? nn::make_initial_model({2, 16}, 5)
                         : *nn::load_model(PONNUKI_SOURCE_DIR "/nets/built-in/" +
                                           std::string(file) + ".bin.gz");
  };
  const selfplay::Games games = games_of(net(), size == 19 ? 4 : 16, simulations, size);
  nn::NetEvaluator evaluator(network_of(net()));
  SecondLook sums;
  for (const auto& game : games) {
    for (std::size_t turn = 0; turn < game->turns.size(); turn += 4) {
      if (game->turns[turn].weight == 0) continue;
      const auto position = selfplay::position_at(*game, turn);
      const SecondLook look = compare(game->turns[turn], evaluate_one(evaluator, position));
      sums.policy_gain += look.policy_gain;
      sums.expected_gain += look.expected_gain;
      sums.agreement += look.agreement;
      sums.expected_agreement += look.expected_agreement;
    }
  }
  WARN(file << " " << +size << "x" << +size << ", " << simulations << " simulations: policy "
            << sums.policy_gain / sums.expected_gain << " of " << sums.expected_gain
            << " nats, value " << sums.agreement / sums.expected_agreement << " of "
            << sums.expected_agreement);
}

/// Looks at this many positions of a worker whose gains and agreements are such shares of what is
/// expected, half of them more and half of them less.
void look(Trust& trust, const std::string& worker, int count, double policy, double value,
          const std::string& net = "net") {
  for (int i = 0; i < count; ++i) {
    const double noise = i % 2 == 0 ? 2 : -2;
    trust.add(worker, net, {policy + noise, 1, 0.2 * value + 0.1 * noise, 0.2});
  }
}

TEST_CASE("trust: a worker that turns bad is found as well") {
  Trust trust;
  look(trust, "ann", 1000, 0.9, 0.9, "old");
  look(trust, "ben", 1000, 0.9, 0.9, "old");
  look(trust, "ann", 1000, 0.9, 0.9, "new");
  CHECK_FALSE(trust.suspicion("ben"));
  look(trust, "ben", 2000, 0.9, -0.9, "new");
  CHECK(trust.suspicion("ben") == "its values are not those of the net");
  CHECK_FALSE(trust.suspicion("ann"));
  trust.forget("ben");
  CHECK_FALSE(trust.suspicion("ben"));
}

TEST_CASE("trust: where the others are no better, or unknown, nobody is suspected") {
  Trust trust;
  look(trust, "ann", 1000, -0.5, -0.5);
  CHECK_FALSE(trust.suspicion("ann"));
  look(trust, "ben", 1000, -0.4, -0.4);
  CHECK_FALSE(trust.suspicion("ann"));
  look(trust, "carla", 10, 0.9, 0.9);  // too few
  CHECK_FALSE(trust.suspicion("ann"));
}

TEST_CASE("trust: more positions of a new worker are looked at, and chance alone convicts nobody") {
  Trust trust;
  CHECK(trust.share("ann") == 0.05);
  look(trust, "ann", 300, 0.9, 0.9);
  look(trust, "ben", 20, 0.3, 0.3);
  CHECK(trust.share("ann") == 0.02);
  CHECK(trust.share("ben") == 0.05);
  CHECK_FALSE(trust.suspicion("ben"));
}

TEST_CASE("canaries: machines agree on a net, and not on another one") {
  const auto ask = [](nn::Model model, nn::kernels::Precision precision) {
    nn::NetEvaluator evaluator(*selfplay::network_of(std::move(model), precision));
    return canaries_of(evaluator, {9, 9});
  };
  const auto expected = ask(good_net(), nn::kernels::Precision::kFp32);
  CHECK(expected.size() == 4);
  CHECK(compare(expected, expected));
  CHECK(compare(expected, ask(good_net(), nn::kernels::auto_precision())));
  CHECK(compare({}, expected));  // a learner of an earlier version says nothing
  const Status other =
      compare(expected, ask(nn::make_initial_model({2, 16}, 5), nn::kernels::Precision::kFp32));
  REQUIRE_FALSE(other);
  CHECK(other.error().message.starts_with("this machine computes the net wrongly"));
  auto broken = expected;
  broken[2].win = std::nan("");
  CHECK_FALSE(compare(expected, broken));
}

}  // namespace
}  // namespace ponnuki::swarm
