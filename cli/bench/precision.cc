// The error of the net in each precision against fp32, on the same positions, one position in each
// call.
#include "nn/kernels/conv/precision.h"

#include <algorithm>

#include "cli/bench/bench.h"
#include "cli/bench/precision_error.h"
#include "engine/random.h"
#include "nn/evaluators/net_evaluator.h"

namespace ponnuki::cli {
namespace {

constexpr std::uint64_t kSeed = 1;

Result<std::unique_ptr<nn::NetEvaluator>> make_net(const BenchOptions& options,
                                                   const std::string& precision) {
  EvaluatorOptions each = options.evaluator;
  each.precision = precision;
  PONNUKI_TRY(const auto file, choose_net(each));
  PONNUKI_TRY(auto network, make_network(file, each));
  return std::make_unique<nn::NetEvaluator>(std::move(network));
}

/// A random move with the probabilities of the policy.
Point draw_move(const std::vector<float>& policy, BoardSize size, Random& random) {
  double left = random.uniform();
  int last = size.area();  // the last possible move, if rounding makes the sum less than 1
  for (int cell = 0; cell <= size.area(); ++cell) {
    const double probability = policy[static_cast<std::size_t>(cell)];
    if (probability <= 0) continue;
    last = cell;
    if ((left -= probability) < 0) break;
  }
  return Point::from_cell(last, size);
}

/// Positions of games that the fp32 net plays against itself, with its evaluations.
struct Samples {
  std::vector<Position> positions;
  std::vector<Evaluation> exact;
};

/// Adds every n-th position of a whole game, until there are `most` positions. n is chosen so that
/// a game gives about fifty positions.
void add_game(nn::NetEvaluator& net, BoardSize size, int game, std::size_t most, Samples& samples) {
  const int stride = std::max(1, size.area() / 60);
  Random random(kSeed, static_cast<std::uint64_t>(game));
  Position position(size);
  for (int move = 0; !position.is_over() && move < 2 * size.area(); ++move) {
    if (samples.positions.size() == most) return;
    Evaluation evaluation = evaluate_one(net, position);
    const Point drawn = draw_move(evaluation.policy, size, random);
    if (move % stride == game % stride) {
      samples.positions.push_back(position);
      samples.exact.push_back(std::move(evaluation));
    }
    position.play(drawn);
  }
}

Samples take_samples(nn::NetEvaluator& net, BoardSize size, int count) {
  Samples samples;
  const auto most = static_cast<std::size_t>(count);
  for (int game = 0; samples.positions.size() < most; ++game)
    add_game(net, size, game, most, samples);
  return samples;
}

void report(const std::string& name, const PrecisionError& error, const BenchSink& sink) {
  const auto row = [&](const char* what, const char* unit, double value, int decimals) {
    sink({.name = name + what, .unit = unit, .rate = {value, 0}, .decimals = decimals});
  };
  row("policy, mean KL", "nats", error.policy_kl, 7);
  row("winrate, mean", "%", error.winrate_mean, 3);
  row("winrate, most", "%", error.winrate_most, 3);
  row("lead, mean", "points", error.lead_mean, 3);
  row("lead, most", "points", error.lead_most, 3);
  row("same likeliest move", "% of positions", error.same_move, 1);
}

}  // namespace

Status bench_precision(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                       const BenchSink& sink) {
  PONNUKI_TRY(const auto exact, make_net(options, "fp32"));
  for (const BoardSize size : sizes) {
    const Samples samples = take_samples(*exact, size, options.positions);
    for (const std::string& precision : options.precisions) {
      PONNUKI_TRY(const auto net, make_net(options, precision));
      std::vector<Evaluation> evaluations;
      for (const Position& position : samples.positions)
        evaluations.push_back(evaluate_one(*net, position));
      const std::string name = precision == "auto"
                                   ? nn::kernels::precision_name(nn::kernels::auto_precision())
                                   : precision;
      report("net " + size_text(size) + " in " + name + ", ", compare(samples.exact, evaluations),
             sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
