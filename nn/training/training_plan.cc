#include "nn/training/training_plan.h"

#include <algorithm>
#include <thread>

#include "engine/check.h"
#include "nn/kernels/layers/global_pooling.h"
#include "nn/kernels/layers/stem.h"
#include "nn/training/backward/block_backward.h"
#include "nn/training/backward/head_backward.h"
#include "nn/training/backward/stem_backward.h"

namespace ponnuki::nn::training {
namespace {

/// Walks over the model and makes the steps of one direction; the slots are the same for both.
class Planner {
 public:
  enum class Makes { kForward, kBackward };
  Planner(const kernels::KernelTable& kernels, const ParameterLayout& parameters, Makes makes)
      : context_{kernels, parameters, sums_}, makes_(makes) {}

  TrainingPlan plan(const Model& model) {
    trunk_ = new_slot(model.trunk.channels);
    trunk_gradient_ = new_slot(model.trunk.channels);
    middle_gradient_ = new_slot(model.trunk.channels);
    writer_ = add<kernels::StemStep>(context_.kernels, model.trunk);
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

  template <typename T, typename... Args>
  kernels::Step* add(Args&&... args) {
    if (makes_ == Makes::kBackward) return &unused_;
    plan_.forward.push_back(std::make_unique<T>(std::forward<Args>(args)...));
    return plan_.forward.back().get();
  }
  kernels::Step* add_conv(std::vector<const ConvLayer*> layers, int in) {
    return add<kernels::ConvStep>(context_.kernels, std::move(layers), kernels::Precision::kFp32,
                                  in);
  }
  template <typename T, typename... Args>
  void add_backward(Args&&... args) {
    if (makes_ == Makes::kForward) return;
    plan_.backward.push_back(std::make_unique<T>(context_, std::forward<Args>(args)...));
  }

  /// A new slot with what `step` writes, activated.
  int activate(kernels::Step& step, const NormAct& norm) {
    step.epilogue.activated = new_slot(norm.channels);
    step.epilogue.norm = std::make_shared<kernels::Norm>(norm);
    return step.epilogue.activated;
  }
  /// The trunk as its next reader wants it.
  int enter(const NormAct& norm) {
    writer_->epilogue.raw = trunk_;
    return activate(*writer_, norm);
  }
  void add_to_trunk(const ConvLayer& conv, int slot) {
    writer_ = add_conv({&conv}, slot);
    writer_->epilogue.residual = trunk_;
  }

  void add_block(const ResidualBlock& block) {
    BlockSlots slots{enter(block.norm1), 0, trunk_gradient_, middle_gradient_};
    slots.middle = activate(*add_conv({&block.conv1}, slots.entry), block.norm2);
    widen(middle_gradient_, block.conv1.out);
    add_to_trunk(block.conv2, slots.middle);
    add_backward<ResidualBackward>(block, slots);
  }
  void add_block(const GlobalPoolingBlock& block) {
    BlockSlots slots{enter(block.norm1), 0, trunk_gradient_, middle_gradient_};
    const int channels = kernels::padded_channels(block.regular_conv.out) +
                         kernels::padded_channels(block.gpool_conv.out);
    slots.middle = new_slot(channels);
    widen(middle_gradient_, channels);
    add_conv({&block.regular_conv, &block.gpool_conv}, slots.entry)->epilogue.raw = slots.middle;
    add<kernels::GlobalPoolingStep>(context_.kernels, block, slots.middle);
    add_to_trunk(block.conv2, slots.middle);
    add_backward<GlobalPoolingBackward>(block, slots);
  }
  /// Kinds that are not trained.
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
    slots.trunk_gradient = trunk_gradient_;
    slots.heads.p1 = 0;
    slots.heads.g1 = kernels::padded_channels(policy.p1_conv.out);
    slots.heads.v1 = slots.heads.g1 + kernels::padded_channels(policy.g1_conv.out);
    const int channels = slots.heads.v1 + kernels::padded_channels(model.value.v1_conv.out);
    slots.heads.map = new_slot(channels);
    slots.heads_gradient = new_slot(channels);
    slots.heads.out = new_slot(policy.p2_conv.out);
    slots.out_gradient = new_slot(policy.p2_conv.out);
    add_conv(layers, slots.tip)->epilogue.raw = slots.heads.map;
    add<kernels::PolicyHeadStep>(context_.kernels, policy, slots.heads);
    add<kernels::ValueHeadStep>(context_.kernels, model.value, slots.heads);
    add_backward<HeadsBackward>(model, slots);
  }

  /// Stands for forward steps where only backward ones are made.
  struct Unused : kernels::Step {
    void run(kernels::Run&) const override {}
  };

  SumsLayout sums_;
  BackwardContext context_;
  Makes makes_;
  Unused unused_;
  TrainingPlan plan_;
  kernels::Step* writer_ = nullptr;  // the step that wrote the trunk last
  int trunk_ = 0, trunk_gradient_ = 0, middle_gradient_ = 0;
};

}  // namespace

TrainingPlan make_training_plan(const kernels::KernelTable& kernels,
                                const ParameterLayout& parameters, const Model& model,
                                int threads) {
  TrainingPlan plan, backward;
  const auto make_backward = [&] {
    backward = Planner(kernels, parameters, Planner::Makes::kBackward).plan(model);
  };
  {
    std::jthread other;
    if (threads > 1) other = std::jthread(make_backward);
    plan = Planner(kernels, parameters, Planner::Makes::kForward).plan(model);
  }
  if (threads <= 1) make_backward();
  plan.backward = std::move(backward.backward);
  plan.sums = backward.sums;
  return plan;
}

}  // namespace ponnuki::nn::training
