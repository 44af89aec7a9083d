// Many games at once, as in training: planes, net and tree together. The nets have random weights,
// since only their shape affects the speed.
#include <chrono>
#include <memory>
#include <thread>

#include "cli/bench/bench.h"
#include "engine/clock.h"
#include "engine/forwarding_evaluator.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/kernels/fast_network.h"
#include "nn/model/initial_model.h"
#include "selfplay/games/training_games.h"

namespace ponnuki::cli {
namespace {

/// Counts the evaluations.
class CountingEvaluator final : public ForwardingEvaluator {
 public:
  explicit CountingEvaluator(std::shared_ptr<nn::Network> network)
      : ForwardingEvaluator(std::make_unique<nn::NetEvaluator>(
            std::move(network), nn::NetEvaluatorOptions{.ladders = false})) {}
  void evaluate(std::span<const EvalRequest> requests) override {
    count_ += static_cast<std::int64_t>(requests.size());
    ForwardingEvaluator::evaluate(requests);
  }
  std::int64_t count() const { return count_; }

 private:
  std::int64_t count_ = 0;
};

/// The games of one thread.
struct Actor {
  Actor(std::shared_ptr<nn::Network> network, std::uint64_t seed)
      : evaluator(std::move(network)),
        games(options(), seed, [](std::unique_ptr<selfplay::GameRecord>) {}) {}

  static selfplay::TrainingGamesOptions options() {
    selfplay::TrainingGamesOptions games;
    games.simulations = 16;
    return games;
  }

  CountingEvaluator evaluator;
  selfplay::TrainingGames games;
};

Result<std::shared_ptr<nn::Network>> make_random_network(const std::string& shape,
                                                         const std::string& precision) {
  PONNUKI_TRY(const auto parsed, nn::parse_net_shape(shape));
  auto model = std::make_shared<const nn::Model>(nn::make_initial_model(parsed, 1));
  PONNUKI_TRY(auto network,
              nn::kernels::make_fast_network(
                  std::move(model), {.precision = *nn::kernels::parse_precision(precision)}));
  return std::shared_ptr<nn::Network>(std::move(network));
}

struct Totals {
  std::int64_t evaluations = 0, simulations = 0;
};

Totals totals_of(const std::vector<std::unique_ptr<Actor>>& actors) {
  Totals sum;
  for (const auto& actor : actors) {
    sum.evaluations += actor->evaluator.count();
    sum.simulations += actor->games.stats().simulations;
  }
  return sum;
}

void bench_net_shape(const BenchOptions& options, const std::shared_ptr<nn::Network>& network,
                     const std::string& name, int threads, const BenchSink& sink) {
  std::vector<std::unique_ptr<Actor>> actors;
  actors.reserve(static_cast<std::size_t>(threads));
  for (int i = 0; i < threads; ++i)
    actors.push_back(std::make_unique<Actor>(network, static_cast<std::uint64_t>(i)));
  const Rate rate = measure(options, [&] {
    const std::int64_t before = totals_of(actors).evaluations;
    const auto end = Clock::now() + std::chrono::duration<double>(options.seconds);
    std::vector<std::jthread> workers;
    workers.reserve(actors.size());
    for (const auto& actor : actors) {
      workers.emplace_back([&actor = *actor, end] {
        while (Clock::now() < end) actor.games.step(actor.evaluator);
      });
    }
    workers.clear();
    return totals_of(actors).evaluations - before;
  });
  const Totals all = totals_of(actors);
  const double share = static_cast<double>(all.simulations) / static_cast<double>(all.evaluations);
  sink({name, "evaluations/s", threads, rate, {}});
  sink(
      {name, "simulations/s", threads, {share * rate.per_second, share * rate.per_cpu_second}, {}});
}

}  // namespace

Status bench_selfplay(const BenchOptions& options, const BenchSink& sink) {
  for (const std::string& shape : options.shapes) {
    for (const std::string& precision : options.precisions) {
      PONNUKI_TRY(const auto network, make_random_network(shape, precision));
      std::string name = "self-play 9x9 with " + shape;
      if (precision != "auto") name += " in " + precision;
      for (int threads = 1; threads <= options.threads; threads *= 2)
        bench_net_shape(options, network, name, threads, sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
