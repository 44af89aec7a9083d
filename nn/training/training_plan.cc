#include "nn/training/training_plan.h"

#include <algorithm>
#include <functional>

#include "engine/check.h"
#include "nn/kernels/layers/global_pooling.h"
#include "nn/kernels/layers/stem.h"
#include "nn/training/backward/block_backward.h"
#include "nn/training/backward/head_backward.h"
#include "nn/training/backward/stem_backward.h"

namespace ponnuki::nn::training {
namespace {

/// Goes through the model and lays out the steps of both directions.
class Planner {
 public:
  Planner(const kernels::KernelTable& kernels, const ParameterLayout& parameters,
          TrainingPrecision precision)
      : context_{kernels, precision, parameters, sums_} {}

  TrainingPlan plan(const Model& model) {
    trunk_ = new_slot(model.trunk.channels);
    trunk_gradient_ = new_slot(model.trunk.channels);
    middle_gradient_ = new_slot(model.trunk.channels);
    writer_ = add<kernels::StemStep>(std::cref(model.trunk));
    add_backward<StemBackward>(model.trunk, trunk_gradient_);
    for (const Block& block : model.trunk.blocks)
      std::visit([this](const auto& b) { add_block(b); }, block);
    add_heads(model);
    std::ranges::reverse(plan_.backward);
    plan_.sums = sums_.size();
    return std::move(plan_);
  }

 private:
  int new_slot(int channels) {
    plan_.slot_strides.push_back(kernels::padded_channels(channels));
    return static_cast<int>(plan_.slot_strides.size()) - 1;
  }
  void widen(int slot, int channels) {
    int& stride = plan_.slot_strides[static_cast<std::size_t>(slot)];
    stride = std::max(stride, kernels::padded_channels(channels));
  }

  /// Adds a forward step and returns its index. Layers are passed by std::cref().
  template <typename T, typename... Args>
  std::size_t add(const Args&... args) {
    plan_.forward.emplace_back().make = [&kernels = context_.kernels, args...] {
      return std::make_unique<T>(kernels, args...);
    };
    return plan_.forward.size() - 1;
  }
  std::size_t add_conv(const std::vector<const ConvLayer*>& layers, int in) {
    return add<kernels::ConvStep>(layers, conv_precision(context_.precision, *layers.front()), in);
  }
  kernels::Epilogue& epilogue_of(std::size_t step) { return plan_.forward[step].epilogue; }
  template <typename T, typename... Args>
  void add_backward(Args&&... args) {
    plan_.backward.push_back(std::make_unique<T>(context_, std::forward<Args>(args)...));
  }

  /// Adds a slot to which `step` writes its activated result.
  int activate(std::size_t step, const NormAct& norm) {
    plan_.forward[step].norm = &norm;
    return epilogue_of(step).activated = new_slot(norm.channels);
  }
  /// The slot of the trunk, activated by the norm of its next reader.
  int enter(const NormAct& norm) {
    epilogue_of(writer_).raw = trunk_;
    return activate(writer_, norm);
  }
  void watch(ActivatedMap map) { plan_.activated.push_back(std::move(map)); }
  void add_to_trunk(const ConvLayer& conv, int slot) {
    writer_ = add_conv({&conv}, slot);
    epilogue_of(writer_).residual = trunk_;
  }

  void add_block(const ResidualBlock& block) {
    BlockSlots slots{enter(block.norm1), 0, trunk_gradient_, middle_gradient_};
    slots.middle = activate(add_conv({&block.conv1}, slots.entry), block.norm2);
    widen(middle_gradient_, block.conv1.out);
    add_to_trunk(block.conv2, slots.middle);
    add_backward<BlockBackward>(block, slots);
    watch({slots.entry, &block.norm1, nullptr, nullptr, {&block.conv1}});
    watch({slots.middle, &block.norm2, &block.conv1, nullptr, {&block.conv2}});
  }
  void add_block(const GlobalPoolingBlock& block) {
    BlockSlots slots{enter(block.norm1), 0, trunk_gradient_, middle_gradient_};
    const int channels = kernels::padded_channels(block.regular_conv.out) +
                         kernels::padded_channels(block.gpool_conv.out);
    slots.middle = new_slot(channels);
    widen(middle_gradient_, channels);
    epilogue_of(add_conv({&block.regular_conv, &block.gpool_conv}, slots.entry)).raw = slots.middle;
    add<kernels::GlobalPoolingStep>(std::cref(block), slots.middle);
    add_to_trunk(block.conv2, slots.middle);
    add_backward<BlockBackward>(block, slots);
    watch({slots.entry, &block.norm1, nullptr, nullptr, {&block.regular_conv, &block.gpool_conv}});
    watch({slots.middle, &block.norm2, &block.regular_conv, &block.gpool_to_bias, {&block.conv2}});
  }
  /// Blocks of kinds that cannot be trained.
  template <typename AnyBlock>
  void add_block(const AnyBlock&) {
    PONNUKI_CHECK(false);
  }

  void add_heads(const Model& model) {
    const PolicyHead& policy = model.policy;
    const std::vector<const ConvLayer*> layers{&policy.p1_conv, &policy.g1_conv,
                                               &model.value.v1_conv};
    HeadBackwardSlots slots;
    slots.tip = enter(model.trunk.tip);
    watch({slots.tip, &model.trunk.tip, nullptr, nullptr, layers});
    slots.trunk_gradient = trunk_gradient_;
    slots.heads.p1 = 0;
    slots.heads.g1 = kernels::padded_channels(policy.p1_conv.out);
    slots.heads.v1 = slots.heads.g1 + kernels::padded_channels(policy.g1_conv.out);
    const int channels = slots.heads.v1 + kernels::padded_channels(model.value.v1_conv.out);
    slots.heads.map = new_slot(channels);
    slots.heads_gradient = new_slot(channels);
    slots.heads.out = new_slot(policy.p2_conv.out);
    slots.out_gradient = new_slot(policy.p2_conv.out);
    epilogue_of(add_conv(layers, slots.tip)).raw = slots.heads.map;
    add<kernels::PolicyHeadStep>(std::cref(policy), slots.heads);
    add<kernels::ValueHeadStep>(std::cref(model.value), slots.heads);
    add_backward<HeadsBackward>(model, slots);
  }

  SumsLayout sums_;
  BackwardContext context_;
  TrainingPlan plan_;
  std::size_t writer_ = 0;  // the last step that wrote the trunk
  int trunk_ = 0, trunk_gradient_ = 0, middle_gradient_ = 0;
};

}  // namespace

void ForwardStep::pack() {
  step.reset();  // frees its memory for the new step
  step = make();
  step->epilogue = epilogue;
  if (norm != nullptr) step->epilogue.norm = std::make_shared<const kernels::Norm>(*norm);
}

void TrainingPlan::pack(std::size_t step) {
  if (step < forward.size())
    forward[step].pack();
  else
    backward[step - forward.size()]->pack();
}

TrainingPlan make_training_plan(const kernels::KernelTable& kernels,
                                const ParameterLayout& parameters, const Model& model,
                                TrainingPrecision precision) {
  return Planner(kernels, parameters, precision).plan(model);
}

}  // namespace ponnuki::nn::training
