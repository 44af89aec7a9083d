#include "nn/kernels/fast_network.h"

#include "engine/check.h"
#include "nn/kernels/plan.h"
#include "nn/kernels/plan_runner.h"
#include "nn/kernels/tower_plan.h"

namespace ponnuki::nn::kernels {
namespace {

/// A Network or TowerNetwork that runs the plan of its model.
template <typename Base, typename AnyModel>
class FastPass : public Base {
 public:
  FastPass(std::shared_ptr<const AnyModel> model, SimdLevel level, Precision precision)
      : model_(std::move(model)),
        level_(level),
        precision_(precision),
        runner_(kernel_table(level), make_plan(kernel_table(level), *model_, precision)) {}

  const AnyModel& model() const override { return *model_; }
  std::string backend_name() const override {
    return "cpu " + simd_level_name(level_) + " " + precision_name(precision_);
  }
  int preferred_batch(BoardSize size) const override { return PlanRunner::preferred_batch(size); }
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
      std::make_unique<FastPass<Base, AnyModel>>(std::move(model), level, options.precision));
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

}  // namespace ponnuki::nn::kernels
