#include "nn/kernels/fast_network.h"

#include <algorithm>

#include "engine/check.h"
#include "nn/kernels/plan.h"
#include "nn/kernels/plan_runner.h"
#include "nn/kernels/tower_plan.h"

namespace ponnuki::nn::kernels {
namespace {

Plan plan_of(const KernelTable& kernels, const Model& model, const FastNetworkOptions& options) {
  return make_plan(kernels, model, options.precision, options.loading_threads);
}
Plan plan_of(const KernelTable& kernels, const TowerModel& model,
             const FastNetworkOptions& options) {
  return make_tower_plan(kernels, model, options.precision);
}

/// A Network or TowerNetwork that runs the plan of its model.
template <typename Base, typename AnyModel>
class FastPass : public Base {
 public:
  FastPass(std::shared_ptr<const AnyModel> model, SimdLevel level,
           const FastNetworkOptions& options)
      : model_(std::move(model)),
        level_(level),
        precision_(options.precision),
        runner_(kernel_table(level), plan_of(kernel_table(level), *model_, options)) {}

  const AnyModel& model() const override { return *model_; }
  std::string backend_name() const override {
    return "cpu " + simd_level_name(level_) + " " + precision_name(precision_);
  }
  int preferred_batch(BoardSize size) const override { return runner_.preferred_batch(size); }
  Products products(BoardSize size, int boards) override { return runner_.products(size, boards); }
  void forward(std::span<const NetworkInput> inputs, std::span<NetworkOutput> outputs) override {
    if constexpr (std::is_same_v<AnyModel, TowerModel>) {
      for (const NetworkInput& input : inputs) PONNUKI_CHECK(input.size == model_->size);
    }
    runner_.forward(inputs, outputs);
  }

 private:
  std::shared_ptr<const AnyModel> model_;
  SimdLevel level_;
  Precision precision_;
  PlanRunner runner_;
};

template <typename Base, typename AnyModel>
Result<std::unique_ptr<Base>> make_fast(std::shared_ptr<const AnyModel> model,
                                        const FastNetworkOptions& options) {
  SimdLevel level = SimdLevel::kBaseline;
  if (options.simd) {
    level = *options.simd;
  } else {
    const Result<SimdLevel> chosen = default_simd_level();
    if (!chosen) return chosen.error().in("PONNUKI_SIMD");
    level = *chosen;
  }
  return std::unique_ptr<Base>(
      std::make_unique<FastPass<Base, AnyModel>>(std::move(model), level, options));
}

}  // namespace

Result<std::unique_ptr<Network>> make_fast_network(std::shared_ptr<const Model> model,
                                                   const FastNetworkOptions& options) {
  return make_fast<Network>(std::move(model), options);
}

Result<std::unique_ptr<TowerNetwork>> make_fast_tower(std::shared_ptr<const TowerModel> model,
                                                      const FastNetworkOptions& options) {
  return make_fast<TowerNetwork>(std::move(model), options);
}

std::vector<LayerTime> time_layers(const Model& model, SimdLevel level, Precision precision,
                                   std::span<const NetworkInput> inputs, int passes) {
  PONNUKI_CHECK(!inputs.empty() && passes > 0);
  PlanRunner runner(kernel_table(level), make_plan(kernel_table(level), model, precision, 1));
  std::vector<NetworkOutput> outputs(inputs.size());
  runner.time_steps(inputs, outputs);        // warms caches and allocations
  std::vector<std::vector<double>> seconds;  // [kind][pass]
  std::vector<LayerTime> kinds;
  for (int pass = 0; pass < passes; ++pass) {
    for (const auto& [facts, time] : runner.time_steps(inputs, outputs)) {
      const auto same = [&facts = facts](const LayerTime& kind) {
        return kind.kind == facts.kind && kind.products.in_pairs() == facts.products.in_pairs();
      };
      auto kind = std::ranges::find_if(kinds, same);
      if (kind == kinds.end()) {
        kind = kinds.insert(kinds.end(), {facts.kind});
        seconds.emplace_back(static_cast<std::size_t>(passes));
      }
      seconds[static_cast<std::size_t>(kind - kinds.begin())][static_cast<std::size_t>(pass)] +=
          time;
      if (pass > 0) continue;
      ++kind->layers;
      kind->products += 1.0 / static_cast<double>(inputs.size()) * facts.products;
    }
  }
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const auto middle = seconds[k].begin() + passes / 2;
    std::nth_element(seconds[k].begin(), middle, seconds[k].end());
    kinds[k].seconds = *middle / static_cast<double>(inputs.size());
  }
  return kinds;
}

}  // namespace ponnuki::nn::kernels
