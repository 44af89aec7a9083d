#include "nn/kernels/tower_plan.h"

#include <algorithm>

#include "nn/kernels/conv/conv.h"
#include "nn/kernels/layers/stem.h"
#include "nn/kernels/layers/tower_heads.h"

namespace ponnuki::nn::kernels {
namespace {

constexpr int kMiddle = 2;

/// norm(conv(x)) with the scale folded into the convolution, so that the norm only adds a bias. The
/// residual, which is added between convolution and norm, is then not scaled.
struct Folded {
  explicit Folded(const ConvUnit& unit) : conv(unit.conv), norm(unit.norm) {
    const auto out = static_cast<std::size_t>(conv.out);
    for (std::size_t i = 0; i < conv.weights.size(); ++i)
      conv.weights[i] *= unit.norm.scale[i % out];
    std::fill(norm.scale.begin(), norm.scale.end(), 1.0F);
  }
  ConvLayer conv;
  NormAct norm;
};

class TowerPlanner {
 public:
  TowerPlanner(const KernelTable& kernels, Precision precision)
      : kernels_(kernels), precision_(precision) {}

  Plan plan(const TowerModel& model) {
    plan_.slot_strides.assign(3, kChannelPad);
    auto stem = std::make_unique<StemStep>(kernels_, model.stem.conv);
    write(*stem, model.stem.norm, x_);
    plan_.steps.push_back(std::move(stem));
    for (const TowerBlock& block : model.blocks)
      std::visit([&](const auto& b) { add_block(b); }, block);
    use(kMiddle, TowerHeadsStep::channels(model));
    plan_.steps.push_back(std::make_unique<TowerHeadsStep>(
        kernels_, model, TowerHeadsStep::Slots{.tower = x_, .maps = kMiddle}));
    return std::move(plan_);
  }

 private:
  void use(int slot, int channels) {
    int& stride = plan_.slot_strides[static_cast<std::size_t>(slot)];
    stride = std::max(stride, padded_channels(channels));
  }
  void write(Step& step, const NormAct& norm, int slot) {
    step.epilogue.activated = slot;
    step.epilogue.norm = std::make_shared<Norm>(norm);
    use(slot, norm.channels);
  }
  ConvStep& add_conv(const ConvLayer& conv, const NormAct& norm, int from, int to) {
    auto step = std::make_unique<ConvStep>(kernels_, std::vector{&conv}, precision_, from);
    write(*step, norm, to);
    plan_.steps.push_back(std::move(step));
    return static_cast<ConvStep&>(*plan_.steps.back());
  }

  void add_block(const ConvUnit& unit) {
    add_conv(unit.conv, unit.norm, x_, 1 - x_);
    x_ = 1 - x_;
  }
  void add_block(const TowerResidualBlock& block) {
    add_conv(block.first.conv, block.first.norm, x_, kMiddle);
    // Steps keep no pointer to weights that they have packed, so this may be a local variable.
    const Folded second(block.second);
    add_conv(second.conv, second.norm, kMiddle, x_).epilogue.residual = x_;
  }

  const KernelTable& kernels_;
  Precision precision_;
  Plan plan_;
  int x_ = 0;  // the slot of the trunk
};

}  // namespace

Plan make_tower_plan(const KernelTable& kernels, const TowerModel& model, Precision precision) {
  return TowerPlanner(kernels, precision).plan(model);
}

}  // namespace ponnuki::nn::kernels
