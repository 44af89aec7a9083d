#include "nn/network_bench.h"

#include <atomic>
#include <chrono>
#include <ctime>
#include <thread>

#include "engine/random.h"

namespace ponnuki {
namespace {

using Clock = std::chrono::steady_clock;

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Positions that look like a game's middle to a network: the board, stones of both colors, their
/// liberties, and territory, 3 of 22 planes set at a point; the rest is empty.
class MadeUpPositions {
 public:
  MadeUpPositions(const Model& model, const NetworkBenchOptions& options, std::uint64_t seed) {
    Random random(seed);
    const int area = options.size.area();
    for (int i = 0; i < options.batch; ++i) {
      std::vector<float>& planes =
          spatial_.emplace_back(static_cast<std::size_t>(model.spatial_planes * area));
      const auto set = [&](std::uint32_t plane, int point) {
        planes[(plane % static_cast<unsigned>(model.spatial_planes)) * static_cast<unsigned>(area) +
               static_cast<unsigned>(point)] = 1;
      };
      for (int p = 0; p < area; ++p) {
        set(0, p);
        if (random.below(2) == 0) set(1 + random.below(2), p), set(3 + random.below(3), p);
        if (random.below(2) == 0) set(18 + random.below(2), p);
      }
      global_.emplace_back(static_cast<std::size_t>(model.global_features), 0.5F);
    }
    for (int i = 0; i < options.batch; ++i) {
      const auto at = static_cast<std::size_t>(i);
      inputs_.push_back({options.size, spatial_[at].data(), global_[at].data(), nullptr});
    }
  }

  std::span<const NetworkInput> inputs() const { return inputs_; }

 private:
  std::vector<std::vector<float>> spatial_, global_;
  std::vector<NetworkInput> inputs_;
};

double conv_flop(const ConvLayer& layer, int area) {
  return 2.0 * layer.height * layer.width * layer.in * layer.out * area;
}

double block_flop(const Block& block, int area) {
  if (const auto* r = std::get_if<ResidualBlock>(&block))
    return conv_flop(r->conv1, area) + conv_flop(r->conv2, area);
  if (const auto* g = std::get_if<GlobalPoolingBlock>(&block)) {
    return conv_flop(g->regular_conv, area) + conv_flop(g->gpool_conv, area) +
           conv_flop(g->conv2, area);
  }
  const NestedBlock& n = *std::get<std::shared_ptr<const NestedBlock>>(block);
  double sum = conv_flop(n.pre_conv, area) + conv_flop(n.post_conv, area);
  for (const Block& inner : n.blocks) sum += block_flop(inner, area);
  return sum;
}

}  // namespace

NetworkBenchResult bench_network(Network& network, const NetworkBenchOptions& options) {
  std::atomic<std::int64_t> evaluations{0};
  std::atomic<double> cpu_seconds{0}, seconds{0};
  std::atomic<int> warm{0};
  const auto work = [&](int thread) {
    const MadeUpPositions positions(network.model(), options,
                                    options.seed + static_cast<std::uint64_t>(thread));
    std::vector<NetworkOutput> outputs(positions.inputs().size());
    network.forward(positions.inputs(), outputs);
    for (++warm; warm < options.threads;) std::this_thread::yield();
    const double cpu_start = thread_cpu_seconds();
    const Clock::time_point start = Clock::now();
    const auto elapsed = [&] {
      return std::chrono::duration<double>(Clock::now() - start).count();
    };
    while (elapsed() < options.seconds) {
      network.forward(positions.inputs(), outputs);
      evaluations += options.batch;
    }
    seconds = std::max<double>(seconds, elapsed());
    cpu_seconds += thread_cpu_seconds() - cpu_start;
  };
  std::vector<std::thread> threads;
  for (int t = 0; t < options.threads; ++t) threads.emplace_back(work, t);
  for (std::thread& thread : threads) thread.join();
  return {evaluations, seconds, cpu_seconds};
}

double network_gflop(const Model& model, BoardSize size) {
  const int area = size.area();
  double sum = conv_flop(model.trunk.initial_conv, area);
  for (const Block& block : model.trunk.blocks) sum += block_flop(block, area);
  for (const ConvLayer* layer :
       {&model.policy.p1_conv, &model.policy.g1_conv, &model.policy.p2_conv, &model.value.v1_conv,
        &model.value.ownership_conv})
    sum += conv_flop(*layer, area);
  return sum * 1e-9;
}

}  // namespace ponnuki
