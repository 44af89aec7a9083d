// The speed of training: a whole step, except drawing and encoding the positions.
#include "cli/bench/bench.h"
#include "engine/random.h"
#include "nn/inputs/planes.h"
#include "nn/model/initial_model.h"
#include "nn/training/loss.h"
#include "nn/training/optimizer.h"
#include "nn/training/training_model.h"
#include "nn/training/training_net.h"

namespace ponnuki::cli {
namespace {

constexpr int kBatch = 64;  // as in training

/// Positions of random games with random targets.
struct Batch {
  BoardSize size;
  std::vector<std::vector<float>> spatial, global;
  std::vector<nn::NetworkInput> inputs;
  std::vector<nn::training::TrainingTarget> targets;

  explicit Batch(BoardSize board_size) : size(board_size) {
    Random random(1);
    nn::PlaneEncoder encoder;
    Position position(size);
    for (int i = 0; i < kBatch; ++i) {
      if (position.move_count() > size.area() * 3 / 4) position = Position(size);
      play_randomly(position, random);
      spatial.emplace_back(static_cast<std::size_t>(nn::kPlaneCount * size.area()));
      global.emplace_back(static_cast<std::size_t>(nn::kGlobalCount));
      encoder.encode(position, Symmetry(), {}, spatial.back(), global.back());
      targets.push_back(random_target(random));
    }
    for (std::size_t i = 0; i < spatial.size(); ++i)
      inputs.push_back({size, spatial[i].data(), global[i].data()});
  }

 private:
  static void play_randomly(Position& position, Random& random) {
    const BoardSize size = position.size();
    for (int tries = 0; tries < 6; ++tries) {
      const int cell = static_cast<int>(random.below(static_cast<std::uint32_t>(size.area())));
      const Point point = Point::from_cell(cell, size);
      if (position.is_legal(point)) position.play(point);
    }
  }
  nn::training::TrainingTarget random_target(Random& random) const {
    nn::training::TrainingTarget target;
    const auto moves = static_cast<std::size_t>(size.area() + 1);
    target.policy.assign(moves, 1.0F / static_cast<float>(moves));
    target.reply = target.policy;
    target.result = {1, 0, 0};
    target.td_values = {{{0.5F, 0.5F, 0}, {0.5F, 0.5F, 0}, {0.5F, 0.5F, 0}}};
    for (std::size_t p = 0; p + 1 < moves; ++p)
      target.ownership.push_back(random.below(2) == 0 ? 1.0F : -1.0F);
    target.score = target.lead = target.td_score = 3.5F;
    return target;
  }
};

void bench_shape(const BenchOptions& options, const nn::NetShape& shape, const Batch& batch,
                 int threads, const BenchSink& sink) {
  nn::training::TrainingNet net(
      nn::training::with_training_outputs(nn::make_initial_model(shape, 1), 2),
      {.threads = threads, .simd = {}});
  nn::training::Optimizer optimizer(net.layout(), {});
  std::vector<float> values = net.parameters(), gradient(values.size());
  const nn::training::LossVector weights = nn::training::default_loss_weights();
  const Rate rate = measure(options, [&] {
    net.gradient(
        batch.inputs,
        [&](std::size_t i, const nn::NetworkOutput& output, nn::NetworkOutput& output_gradient) {
          nn::training::loss_of(output, batch.targets[i], weights, output_gradient);
        },
        gradient);
    optimizer.step(values, gradient, 1e-5);
    net.set_parameters(values);
    return kBatch;
  });
  sink({"learning " + size_text(batch.size) + " with " + nn::net_shape_text(shape),
        "samples/s",
        threads,
        rate,
        {}});
}

}  // namespace

Status bench_training(const BenchOptions& options, const std::vector<BoardSize>& sizes,
                      const BenchSink& sink) {
  for (const BoardSize size : sizes) {
    const Batch batch(size);
    for (const std::string& text : options.shapes) {
      PONNUKI_TRY(const auto shape, nn::parse_net_shape(text));
      for (int threads = 1; threads <= options.threads; threads *= 2)
        bench_shape(options, shape, batch, threads, sink);
    }
  }
  return {};
}

}  // namespace ponnuki::cli
