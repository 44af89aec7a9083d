// Learning on few positions.
#include "selfplay/learning/learner.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "nn/training/training_model.h"
#include "selfplay/games/training_games.h"
#include "tests/support/search_fakes.h"

namespace ponnuki::selfplay {
namespace {

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
  options.revive_samples = 640;
  return Learner(nn::training::with_training_outputs(nn::make_initial_model({2, 16}, 1), 2),
                 options);
}

}  // namespace

TEST_CASE("Learner: a few positions are learned by heart") {
  const ReplayWindow window = few_positions();
  Learner learner = small_learner();
  Random random(1);
  const Learner::Report before = learner.train(window, 5, random);
  learner.train(window, 600, random);
  const Learner::Report after = learner.train(window, 20, random);
  CAPTURE(before.policy_entropy, before.loss[nn::training::LossTerm::kPolicy],
          after.loss[nn::training::LossTerm::kPolicy]);
  CHECK(after.loss[nn::training::LossTerm::kPolicy] - after.policy_entropy <
        0.25 * (before.loss[nn::training::LossTerm::kPolicy] - before.policy_entropy));
  CHECK(after.loss[nn::training::LossTerm::kValue] <
        0.15 * before.loss[nn::training::LossTerm::kValue]);
  CHECK(after.loss[nn::training::LossTerm::kOwnership] <
        0.55 * before.loss[nn::training::LossTerm::kOwnership]);
  CHECK(after.loss[nn::training::LossTerm::kScoreCdf] <
        0.3 * before.loss[nn::training::LossTerm::kScoreCdf]);
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

TEST_CASE("Learner: channels that are 0 everywhere are counted, and learn again") {
  const ReplayWindow window = few_positions();
  Learner learner = small_learner();
  CHECK(!learner.idle_share());
  nn::Model net = learner.published();
  auto& block = std::get<nn::ResidualBlock>(net.trunk.blocks[0]);
  block.norm2.bias.assign(16, -1e6F);
  REQUIRE(learner.adopt(net));
  Random random(4);
  learner.train(window, 10, random);
  const double channels = 16 * 5;  // two in each block, and the last of the trunk
  CHECK(learner.idle_share().value() >= 16 / channels);
  learner.train(window, 10, random);
  CHECK(learner.idle_share().value() < 4 / channels);
}

TEST_CASE("Learner: it adopts a net's weights and keeps its training outputs") {
  const ReplayWindow window = few_positions();
  Learner learner = small_learner();
  Random random(3);
  learner.train(window, 10, random);
  const nn::Model before = learner.average();
  const nn::Model other = nn::make_initial_model({2, 16}, 7);
  REQUIRE(learner.adopt(other));
  const nn::Model after = learner.average();
  CHECK(nn::parameters_of(learner.published()) == nn::parameters_of(other));
  CHECK(nn::parameters_of(nn::training::with_training_outputs(learner.published(), before)) ==
        nn::parameters_of(after));
  CHECK(nn::parameters_of(nn::training::with_training_outputs(
            nn::training::without_training_outputs(before), after)) == nn::parameters_of(before));
  CHECK(learner.samples() == 640);
  learner.train(window, 1, random);
  CHECK(nn::parameters_of(learner.published()) != nn::parameters_of(other));

  const std::string state = learner.state();
  CHECK(!learner.adopt(nn::make_initial_model({2, 24}, 7)));
  CHECK(learner.state() == state);
}

}  // namespace ponnuki::selfplay
