// How near the net comes in each precision to itself in fp32: the same positions, one a call, in
// both.
#include <algorithm>

#include "cli/bench.h"
#include "cli/precision_error.h"
#include "engine/random.h"
#include "nn/evaluators/net_evaluator.h"
#include "nn/kernels/conv/precision.h"

namespace ponnuki::cli {
namespace {

constexpr std::uint64_t kSeed = 1;

Result<std::unique_ptr<nn::NetEvaluator>> make_net(const BenchOptions& options,
                                                   const std::string& precision) {
  EvaluatorOptions each = options.evaluator;
  each.precision = precision;
  const auto file = choose_net(each);
  if (!file) return file.error();
  auto network = make_network(*file, each);
  if (!network) return network.error();
  return std::make_unique<nn::NetEvaluator>(std::move(*network));
}

/// A move as often as the policy says.
Point draw_move(const std::vector<float>& policy, BoardSize size, Random& random) {
  double left = random.uniform();
  int last = size.area();  // with some probability: for sums that end a little below 1
  for (int cell = 0; cell <= size.area(); ++cell) {
    const double probability = policy[static_cast<std::size_t>(cell)];
    if (probability <= 0) continue;
    last = cell;
    if ((left -= probability) < 0) break;
  }
  return Point::from_cell(last, size);
}

/// What the exact net says of positions that it met in games against itself.
struct Samples {
  std::vector<Position> positions;
  std::vector<Evaluation> exact;
};

/// Adds every n-th position of a game from the empty board to its end, until there are `most`; n is
/// such that a game gives some fifty.
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
  const auto exact = make_net(options, "fp32");
  if (!exact) return exact.error();
  for (const BoardSize size : sizes) {
    const Samples samples = take_samples(**exact, size, options.positions);
    for (const std::string& precision : options.precisions) {
      const auto net = make_net(options, precision);
      if (!net) return net.error();
      std::vector<Evaluation> evaluations;
      for (const Position& position : samples.positions)
        evaluations.push_back(evaluate_one(**net, position));
      const std::string name = precision == "auto"
                                   ? nn::kernels::precision_name(nn::kernels::kAutoPrecision)
                                   : precision;
      report("net " + size_text(size) + " in " + name + ", ", compare(samples.exact, evaluations),
             sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
