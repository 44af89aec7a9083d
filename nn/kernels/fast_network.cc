#include "nn/kernels/fast_network.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <tuple>

#include "engine/check.h"
#include "nn/kernels/plan.h"

namespace ponnuki {
namespace {

/// Bytes of the maps of one pass over the network: about a second-level cache. Less would fetch
/// the weights more often, more would push the maps out. Measured on Zen 5 with 1 MB.
constexpr int kMapBytes = 1000 << 10;
/// Board points of a call that hide the fetching of the weights: six boards of 9×9, three of 13×13,
/// one of 19×19. Measured on Zen 5.
constexpr int kPreferredPoints = 6 * 81;

class FastNetwork : public Network {
 public:
  FastNetwork(std::shared_ptr<const Model> model, SimdLevel level, Precision precision)
      : model_(std::move(model)),
        level_(level),
        precision_(precision),
        kernels_(kernel_table(level)),
        plan_(make_plan(kernels_, *model_, precision)),
        points_at_once_(kMapBytes / static_cast<int>(sizeof(float)) /
                        std::accumulate(plan_.slot_strides.begin(), plan_.slot_strides.end(), 0)) {}

  const Model& model() const override { return *model_; }
  std::string backend_name() const override {
    return "cpu " + simd_level_name(level_) + " " + precision_name(precision_);
  }

  int preferred_batch(BoardSize size) const override {
    return std::clamp((kPreferredPoints + size.area() / 2) / size.area(), 1, 16);
  }

  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override {
    PONNUKI_CHECK(inputs.size() == outputs.size());
    std::unique_ptr<Workspace> work = take_workspace();
    Batch batch{*work, inputs, outputs};
    forward_sorted(batch);
    give_back(std::move(work));
  }

 private:
  struct Batch {
    Workspace& work;
    std::span<const NetworkInput> inputs;
    std::span<NetworkOutput> outputs;
  };

  /// Runs of equal sizes, cut into equal parts that go through at once.
  void forward_sorted(Batch& batch) {
    const auto size_of = [&](int i) { return batch.inputs[static_cast<std::size_t>(i)].size; };
    std::vector<int>& order = batch.work.order();
    order.resize(batch.inputs.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      const BoardSize s = size_of(a), t = size_of(b);
      return std::tuple(s.height, s.width, a) < std::tuple(t.height, t.width, b);
    });
    std::span<const int> rest(order);
    while (!rest.empty()) {
      const BoardSize size = size_of(rest[0]);
      const std::size_t most = static_cast<std::size_t>(std::max(1, points_at_once_ / size.area()));
      std::size_t alike = 1;
      while (alike < rest.size() && size_of(rest[alike]) == size) ++alike;
      const std::size_t parts = (alike + most - 1) / most;
      const std::size_t count = (alike + parts - 1) / parts;
      forward_group(batch, rest.first(count));
      rest = rest.subspan(count);
    }
  }

  void forward_group(Batch& batch, std::span<const int> group) {
    Workspace& work = batch.work;
    work.prepare(batch.inputs[static_cast<std::size_t>(group[0])].size,
                 static_cast<int>(group.size()));
    std::vector<const NetworkInput*>& inputs = work.inputs();
    std::vector<NetworkOutput*>& outputs = work.outputs();
    inputs.clear();
    outputs.clear();
    for (const int i : group) {
      inputs.push_back(&batch.inputs[static_cast<std::size_t>(i)]);
      outputs.push_back(&batch.outputs[static_cast<std::size_t>(i)]);
    }
    Run run{kernels_, work, inputs.data(), outputs.data()};
    for (const auto& step : plan_.steps) {
      work.scratch().reset();
      step->run(run);
    }
  }

  std::unique_ptr<Workspace> take_workspace() {
    const std::lock_guard lock(idle_mutex_);
    if (idle_.empty()) return std::make_unique<Workspace>(plan_.slot_strides);
    std::unique_ptr<Workspace> work = std::move(idle_.back());
    idle_.pop_back();
    return work;
  }
  void give_back(std::unique_ptr<Workspace> work) {
    const std::lock_guard lock(idle_mutex_);
    idle_.push_back(std::move(work));
  }

  std::shared_ptr<const Model> model_;
  SimdLevel level_;
  Precision precision_;
  const KernelTable& kernels_;
  Plan plan_;
  int points_at_once_;     // of the board, in one pass
  std::mutex idle_mutex_;  // guards idle_
  std::vector<std::unique_ptr<Workspace>> idle_;
};

}  // namespace

Result<std::unique_ptr<Network>> make_fast_network(std::shared_ptr<const Model> model,
                                                   const FastNetworkOptions& options) {
  SimdLevel level = SimdLevel::kBaseline;
  if (options.simd) {
    level = *options.simd;
  } else {
    const Result<SimdLevel> chosen = default_simd_level();
    if (!chosen) return Error{"PONNUKI_SIMD: " + chosen.error()};
    level = *chosen;
  }
  return std::unique_ptr<Network>(
      std::make_unique<FastNetwork>(std::move(model), level, options.precision));
}

}  // namespace ponnuki
