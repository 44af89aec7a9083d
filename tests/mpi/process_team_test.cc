// A learner and helpers, as threads of this process, learn what a learner alone learns.
#include "mpi/process_team.h"

#include <catch2/catch.hpp>
#include <thread>

#include "mpi/helper.h"
#include "mpi/orders.h"
#include "nn/training/training_model.h"
#include "selfplay/learning/gradient_helper.h"
#include "selfplay/learning/learner.h"
#include "tests/mpi/memory_links.h"
#include "tests/support/random_game_record.h"

namespace ponnuki::mpi {
namespace {

using nn::training::LossVector;
using selfplay::Learner;
using selfplay::TrainingPosition;

/// A team whose helpers have this many threads each.
class Team {
 public:
  explicit Team(const std::vector<int>& helpers) {
    const int ranks = static_cast<int>(helpers.size()) + 1;
    for (int rank = 1; rank < ranks; ++rank) {
      statuses_.emplace_back();
      threads_.emplace_back(
          [this, rank, ranks, threads = helpers[static_cast<std::size_t>(rank) - 1]] {
            test::MemoryLink link(boxes_, rank, ranks);
            statuses_[static_cast<std::size_t>(rank) - 1] = help(link, threads);
          });
    }
    team_ = std::make_shared<ProcessTeam>(std::make_unique<test::MemoryLink>(boxes_, 0, ranks));
  }
  ~Team() {
    team_.reset();
    for (std::thread& thread : threads_) thread.join();
    for (const Status& status : statuses_) CHECK(status);
  }
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;
  const std::shared_ptr<ProcessTeam>& operator*() const { return team_; }
  ProcessTeam* operator->() const { return team_.get(); }

 private:
  std::shared_ptr<test::Mailboxes> boxes_ = std::make_shared<test::Mailboxes>();
  std::deque<Status> statuses_;  // never moves its elements
  std::vector<std::thread> threads_;
  std::shared_ptr<ProcessTeam> team_;
};

nn::Model small_model(int channels = 16) {
  return nn::training::with_training_outputs(nn::make_initial_model({2, channels}, 1), 2);
}

selfplay::ReplayWindow random_window() {
  selfplay::ReplayWindow window({});
  Random random(1);
  for (const auto& game : test::random_games(1, 20)) window.add(game, random);
  for (std::uint64_t seed = 30; seed < 40; ++seed)
    window.add(test::random_game(seed, {4, 6}), random);
  return window;
}

std::vector<TrainingPosition> random_positions(std::size_t count) {
  const selfplay::ReplayWindow window = random_window();
  Random random(2);
  nn::PlaneEncoder encoder;
  std::vector<TrainingPosition> positions(count);
  for (TrainingPosition& position : positions)
    Learner::drawn(window, random)({}, encoder, position);
  return positions;
}

const LossVector kWeights = nn::training::default_loss_weights();

struct Sum {
  std::vector<float> gradient;
  LossVector loss;
};

/// Over these positions, by one process.
Sum sum_of(nn::training::TrainingNet& net, std::span<const TrainingPosition> positions) {
  Sum sum{std::vector<float>(net.layout().size()), {}};
  for (const LossVector& loss : selfplay::gradient_of(net, positions, kWeights, sum.gradient))
    sum.loss += loss;
  return sum;
}

/// The length of the difference, relative to the length.
double distance(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  double difference = 0, length = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference += std::pow(double{a[i]} - double{b[i]}, 2);
    length += std::pow(double{b[i]}, 2);
  }
  return std::sqrt(difference / length);
}

selfplay::LearnerOptions learner_options(std::shared_ptr<selfplay::GradientTeam> team) {
  selfplay::LearnerOptions options;
  options.team = std::move(team);
  options.batch = 30;
  options.learning_rate = 0.001;
  options.revive_samples = 300;
  return options;
}

}  // namespace

TEST_CASE("Processes: the gradient of a shared batch is that of one process") {
  const auto positions = random_positions(50);
  const std::span<const TrainingPosition> all(positions);
  nn::training::TrainingNet net(small_model(), {});
  const Sum alone = sum_of(net, all);
  // Products are of 16-bit numbers. So it matters a little which positions are computed together,
  // also among the threads of one process.
  for (const int threads : {2, 4, 61}) {
    nn::training::TrainingNet others(small_model(), {.threads = threads});
    CHECK(distance(sum_of(others, all).gradient, alone.gradient) < 0.02);
  }
  for (const std::vector<int>& helpers : {std::vector{1}, {1, 1, 1}, {2, 1}, {60}}) {
    Team team(helpers);
    REQUIRE(team->greet(1, 0));
    team->begin(net.model());
    const std::size_t own = team->own_share(all.size());
    CHECK(own >= 1);
    CHECK(own <= 25);
    const std::vector<float> parameters = net.parameters();
    team->start({parameters, kWeights, all.subspan(own)});
    Sum shared = sum_of(net, all.first(own));
    team->finish(shared.gradient, shared.loss);
    CHECK(distance(shared.gradient, alone.gradient) < 0.02);
    for (std::size_t t = 0; t < nn::training::kLossTerms; ++t)
      CHECK(shared.loss.terms[t] == Approx(alone.loss.terms[t]).epsilon(2e-3).margin(1e-6));
    if (helpers.size() > 1 || helpers[0] > 1) continue;
    // The same positions computed together: the same to the last bits.
    const Sum rest = sum_of(net, all.subspan(own));
    Sum parts = sum_of(net, all.first(own));
    for (std::size_t i = 0; i < rest.gradient.size(); ++i) parts.gradient[i] += rest.gradient[i];
    parts.loss += rest.loss;
    CHECK(distance(shared.gradient, parts.gradient) < 1e-6);
    CHECK(shared.loss.total() == Approx(parts.loss.total()).epsilon(1e-12));
  }
}

TEST_CASE("Processes: a shared run learns what one process learns") {
  const selfplay::ReplayWindow window = random_window();
  Team team({1, 2});
  REQUIRE(team->greet(1, 0));
  Learner alone(small_model(), learner_options(nullptr));
  Learner shared(small_model(), learner_options(*team));
  Random random(3), again(3);
  for (int part = 0; part < 3; ++part) {
    const Learner::Report one = alone.train(window, 5, random);
    const Learner::Report other = shared.train(window, 5, again);
    CHECK(other.samples == one.samples);
    CHECK(other.policy_entropy == one.policy_entropy);
    CHECK(other.gradient_norm == Approx(one.gradient_norm).epsilon(1e-3));
    CHECK(other.loss.total() == Approx(one.loss.total()).epsilon(1e-4));
    CHECK(shared.idle_share() == alone.idle_share());
  }
  CHECK(alone.idle_share());
  CHECK(distance(nn::parameters_of(shared.average()), nn::parameters_of(alone.average())) < 1e-3);
}

TEST_CASE("Processes: a channel that only helpers have seen at work is not idle") {
  const auto positions = random_positions(20);
  nn::training::TrainingNet net(small_model(), {});
  std::vector<float> gradient(net.layout().size());
  Team team({1});
  REQUIRE(team->greet(1, 0));
  team->begin(net.model());
  team->watch_channels();
  team->start({net.parameters(), kWeights, positions});
  LossVector loss;
  team->finish(gradient, loss);
  net.watch_channels();  // all are idle as long as it computes nothing
  std::vector<bool> idle = net.idle_channels();
  CHECK(std::ranges::count(idle, false) == 0);
  team->join_idle_channels(idle);
  CHECK(std::ranges::count(idle, true) < 10);
}

TEST_CASE("Processes: helpers follow when the net grows") {
  const selfplay::ReplayWindow window = random_window();
  Team team({1});
  REQUIRE(team->greet(1, 0));
  for (const int channels : {8, 24}) {
    Learner alone(small_model(channels), learner_options(nullptr));
    Learner shared(small_model(channels), learner_options(*team));
    Random random(4), again(4);
    CHECK(shared.train(window, 2, again).loss.total() ==
          Approx(alone.train(window, 2, random).loss.total()).epsilon(1e-4));
  }
}

TEST_CASE("Processes: threads decide how much each computes, and the learner sets them") {
  Team team({3, 4});
  REQUIRE(team->greet(3, 0));
  CHECK(team->threads() == std::vector{3, 3, 4});
  CHECK(team->own_share(100) == 30);
  CHECK(team->own_share(1) == 1);
  Team other({3});
  REQUIRE(other->greet(2, 2));
  CHECK(other->threads() == std::vector{2, 2});
}

TEST_CASE("Processes: helpers end when the learner breaks off in a batch") {
  nn::training::TrainingNet net(small_model(), {});
  const auto positions = random_positions(3);
  Team team({1, 1});
  REQUIRE(team->greet(1, 0));
  team->begin(net.model());
  team->start({net.parameters(), kWeights, positions});
}

TEST_CASE("Processes: other versions and orders without sense are refused") {
  auto boxes = std::make_shared<test::Mailboxes>();
  test::MemoryLink learner(boxes, 0, 2), helper(boxes, 1, 2);
  const auto answer = [&](Order order) {
    learner.broadcast(bytes_of(order));
    const Status status = help(helper, 1);
    return status ? "" : status.error().message;
  };
  CHECK_THAT(answer({.protocol = 7}), Catch::Contains("another version"));
  CHECK_THAT(answer({.kind = OrderKind{77}}), Catch::Contains("unknown order"));
  CHECK_THAT(answer({.kind = OrderKind::kModel, .number = std::uint64_t{1} << 60}),
             Catch::Contains("too large"));
  CHECK_THAT(answer({.kind = OrderKind::kBatch, .number = 10}), Catch::Contains("another net"));
  CHECK(answer({.kind = OrderKind::kEnd}).empty());

  const Greeting greeting{.protocol = 7};
  helper.send(text_of(greeting), 0);
  ProcessTeam team(std::make_unique<test::MemoryLink>(boxes, 0, 2));
  const Status status = team.greet(1, 0);
  REQUIRE(!status);
  CHECK_THAT(status.error().message, Catch::Contains("process 1") && Catch::Contains("version"));
}

}  // namespace ponnuki::mpi
