#include "nn/kernels/plan.h"

#include <algorithm>
#include <numeric>

#include "engine/check.h"
#include "nn/kernels/conv/conv.h"
#include "nn/kernels/layers/attention.h"
#include "nn/kernels/layers/feed_forward.h"
#include "nn/kernels/layers/global_pooling.h"
#include "nn/kernels/layers/heads.h"
#include "nn/kernels/layers/rms_rows.h"
#include "nn/kernels/layers/stem.h"

namespace ponnuki::nn::kernels {
namespace {

/// The slots of one nesting level.
struct Level {
  explicit Level(int nesting) : x(3 * nesting), a(x + 1), b(x + 2), depth(nesting) {}
  int x, a, b, depth;
};

class Planner {
 public:
  Planner(const KernelTable& kernels, Precision precision)
      : kernels_(kernels), precision_(precision) {}

  Plan plan(const Model& model) {
    const Level level(0);
    writer_ = add(std::make_unique<StemStep>(kernels_, model.trunk));
    write_raw(*writer_, level.x, model.trunk.channels);
    for (const Block& block : model.trunk.blocks) add_block(block, level);
    add_tip(model.trunk, level);
    add_heads(model, level);
    return std::move(plan_);
  }

 private:
  template <typename T>
  T* add(std::unique_ptr<T> step) {
    T* kept = step.get();
    plan_.steps.push_back(std::move(step));
    return kept;
  }
  std::unique_ptr<ConvStep> make_conv(const ConvLayer& layer, int in_slot) const {
    return std::make_unique<ConvStep>(kernels_, std::vector{&layer}, precision_, in_slot);
  }
  ConvStep* add_conv(const ConvLayer& layer, int in_slot) { return add(make_conv(layer, in_slot)); }

  void use_slot(int slot, int channels) {
    auto& strides = plan_.slot_strides;
    strides.resize(std::max(strides.size(), static_cast<std::size_t>(slot) + 1), kChannelPad);
    int& stride = strides[static_cast<std::size_t>(slot)];
    stride = std::max(stride, padded_channels(channels));
  }
  void write_raw(Step& step, int slot, int channels) {
    step.epilogue.raw = slot;
    use_slot(slot, channels);
  }
  void write_activated(Step& step, const NormAct& norm, int slot) {
    step.epilogue.activated = slot;
    step.epilogue.norm = std::make_shared<Norm>(norm);
    use_slot(slot, norm.channels);
  }

  /// Announces the next reader of the trunk: its norm and activation go into the epilogue of the
  /// step that wrote the trunk last.
  void activate(const NormAct& norm, int slot) { write_activated(*writer_, norm, slot); }
  /// States that no later step reads the raw trunk.
  void forget_raw() { writer_->epilogue.raw = -1; }

  /// Adds a step whose result is added to the trunk. The step becomes the trunk's writer.
  template <typename T>
  void add_to_trunk(std::unique_ptr<T> step, int channels, const Level& level) {
    writer_ = add(std::move(step));
    writer_->epilogue.residual = level.x;
    write_raw(*writer_, level.x, channels);
  }
  void add_to_trunk(const ConvLayer& conv, int slot, const Level& level) {
    add_to_trunk(make_conv(conv, slot), conv.out, level);
  }

  /// Adds convolutions from map `in`, whose raw outputs go side by side into map `out`. They become
  /// one step if their kernel shapes agree. Returns the first channel of each layer.
  std::vector<int> add_side_by_side(std::vector<const ConvLayer*> layers, int in, int out,
                                    Precision precision) {
    std::vector<int> firsts;
    int channels = 0;
    bool same = true;
    for (const ConvLayer* layer : layers) {
      firsts.push_back(channels);
      channels += padded_channels(layer->out);
      same = same && same_kernel_shape(*layer, *layers.front());
    }
    if (same) {
      write_raw(*add(std::make_unique<ConvStep>(kernels_, layers, precision, in)), out, channels);
      return firsts;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
      Step& step =
          *add(std::make_unique<ConvStep>(kernels_, std::vector{layers[i]}, precision, in));
      write_raw(step, out, channels);
      step.epilogue.raw_channel = firsts[i];
    }
    return firsts;
  }

  void add_block(const Block& block, const Level& level) {
    std::visit([&](const auto& b) { add_kind(b, level); }, block);
  }
  void add_kind(const ResidualBlock& block, const Level& level) {
    activate(block.norm1, level.a);
    write_activated(*add_conv(block.conv1, level.a), block.norm2, level.b);
    add_to_trunk(block.conv2, level.b, level);
  }
  void add_kind(const GlobalPoolingBlock& block, const Level& level) {
    activate(block.norm1, level.a);
    add_side_by_side({&block.regular_conv, &block.gpool_conv}, level.a, level.b, precision_);
    add(std::make_unique<GlobalPoolingStep>(kernels_, block, level.b));
    add_to_trunk(block.conv2, level.b, level);
  }
  void add_kind(const std::shared_ptr<const NestedBlock>& block, const Level& level) {
    const Level inner(level.depth + 1);
    activate(block->pre_norm, level.a);
    writer_ = add_conv(block->pre_conv, level.a);
    write_raw(*writer_, inner.x, block->pre_conv.out);
    for (const Block& each : block->blocks) add_block(each, inner);
    activate(block->post_norm, inner.a);
    forget_raw();
    add_to_trunk(block->post_conv, inner.a, level);
  }

  /// A block that begins with its own norm reads the raw trunk.
  void add_kind(const TransformerAttentionBlock& block, const Level& level) {
    add_to_trunk(std::make_unique<AttentionStep>(kernels_, block, precision_, level.x), block.q.in,
                 level);
  }
  void add_kind(const TransformerFeedForwardBlock& block, const Level& level) {
    add_to_trunk(std::make_unique<FeedForwardStep>(kernels_, block, precision_, level.x),
                 block.linear1.in, level);
  }

  void add_tip(const Trunk& trunk, const Level& level) {
    if (trunk.tip_rms) {
      writer_ = add(std::make_unique<TipRmsStep>(*trunk.tip_rms, trunk.channels, level.x));
    }
    activate(trunk.tip, level.a);
    forget_raw();
  }

  void add_heads(const Model& model, const Level& level) {
    const PolicyHead& policy = model.policy;
    // They are small, so fp32 costs no time, and nothing later evens out their errors.
    const std::vector<int> firsts =
        add_side_by_side({&policy.p1_conv, &policy.g1_conv, &model.value.v1_conv}, level.a, level.b,
                         Precision::kFp32);
    const HeadSlots slots{level.b, firsts[0], firsts[1], firsts[2], level.x};
    use_slot(level.x, policy.p2_conv.out);
    add(std::make_unique<PolicyHeadStep>(kernels_, policy, slots));
    add(std::make_unique<ValueHeadStep>(kernels_, model.value, slots));
  }

  const KernelTable& kernels_;
  Precision precision_;
  Plan plan_;
  Step* writer_ = nullptr;  // the last step that wrote the trunk of the current level
};

}  // namespace

int floats_a_point(const std::vector<int>& slot_strides) {
  const int floats = std::accumulate(slot_strides.begin(), slot_strides.end(), 0);
  PONNUKI_CHECK(floats > 0);
  return floats;
}

Plan make_plan(const KernelTable& kernels, const Model& model, Precision precision) {
  return Planner(kernels, precision).plan(model);
}

}  // namespace ponnuki::nn::kernels
