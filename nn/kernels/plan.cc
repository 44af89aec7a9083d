#include "nn/kernels/plan.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <numeric>

#include "engine/check.h"
#include "engine/parallel_for.h"
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

/// Makes a step. This packs its weights, which takes nearly all the time of planning.
using MakeStep = std::function<std::unique_ptr<Step>()>;

class Planner {
 public:
  Planner(const KernelTable& kernels, Precision precision)
      : kernels_(kernels), precision_(precision) {}

  /// Makes the steps on `threads` threads, after all have been planned.
  Plan plan(const Model& model, int threads) {
    const Level level(0);
    writer_ = add([&] { return std::make_unique<StemStep>(kernels_, model.trunk); });
    write_raw(*writer_, level.x, model.trunk.channels);
    for (const Block& block : model.trunk.blocks) add_block(block, level);
    add_tip(model.trunk, level);
    add_heads(model, level);
    make_steps(threads);
    return std::move(plan_);
  }

 private:
  struct Planned {
    MakeStep make;
    Epilogue epilogue;
  };

  Epilogue* add(MakeStep make) {
    planned_.push_back({std::move(make), {}});
    return &planned_.back().epilogue;
  }
  MakeStep conv(std::vector<const ConvLayer*> layers, Precision precision, int in_slot) const {
    return [this, layers, precision, in_slot] {
      return std::make_unique<ConvStep>(kernels_, layers, precision, in_slot);
    };
  }
  Epilogue* add_conv(const ConvLayer& layer, int in_slot) {
    return add(conv({&layer}, precision_, in_slot));
  }
  void make_steps(int threads) {
    plan_.steps.resize(planned_.size());
    parallel_for(planned_.size(), threads, [&](std::size_t i) {
      plan_.steps[i] = planned_[i].make();
      plan_.steps[i]->epilogue = planned_[i].epilogue;
    });
  }

  void use_slot(int slot, int channels) {
    auto& strides = plan_.slot_strides;
    strides.resize(std::max(strides.size(), static_cast<std::size_t>(slot) + 1), kChannelPad);
    int& stride = strides[static_cast<std::size_t>(slot)];
    stride = std::max(stride, padded_channels(channels));
  }
  void write_raw(Epilogue& epilogue, int slot, int channels) {
    epilogue.raw = slot;
    use_slot(slot, channels);
  }
  void write_activated(Epilogue& epilogue, const NormAct& norm, int slot) {
    epilogue.activated = slot;
    epilogue.norm = std::make_shared<Norm>(norm);
    use_slot(slot, norm.channels);
  }

  /// Announces the next reader of the trunk: its norm and activation go into the epilogue of the
  /// step that wrote the trunk last.
  void activate(const NormAct& norm, int slot) { write_activated(*writer_, norm, slot); }
  /// States that no later step reads the raw trunk.
  void forget_raw() { writer_->raw = -1; }

  /// Adds a step whose result is added to the trunk. The step becomes the trunk's writer.
  void add_to_trunk(MakeStep step, int channels, const Level& level) {
    writer_ = add(std::move(step));
    writer_->residual = level.x;
    write_raw(*writer_, level.x, channels);
  }
  void add_to_trunk(const ConvLayer& layer, int slot, const Level& level) {
    add_to_trunk(conv({&layer}, precision_, slot), layer.out, level);
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
      write_raw(*add(conv(layers, precision, in)), out, channels);
      return firsts;
    }
    for (std::size_t i = 0; i < layers.size(); ++i) {
      Epilogue& epilogue = *add(conv({layers[i]}, precision, in));
      write_raw(epilogue, out, channels);
      epilogue.raw_channel = firsts[i];
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
    add([&, in = level.b] { return std::make_unique<GlobalPoolingStep>(kernels_, block, in); });
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
    add_to_trunk(
        [&, in = level.x] {
          return std::make_unique<AttentionStep>(kernels_, block, precision_, in);
        },
        block.q.in, level);
  }
  void add_kind(const TransformerFeedForwardBlock& block, const Level& level) {
    add_to_trunk(
        [&, in = level.x] {
          return std::make_unique<FeedForwardStep>(kernels_, block, precision_, in);
        },
        block.linear1.in, level);
  }

  void add_tip(const Trunk& trunk, const Level& level) {
    if (trunk.tip_rms) {
      writer_ = add([&, in = level.x] {
        return std::make_unique<TipRmsStep>(*trunk.tip_rms, trunk.channels, in);
      });
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
    add([&, slots] { return std::make_unique<PolicyHeadStep>(kernels_, policy, slots); });
    add([&, slots] { return std::make_unique<ValueHeadStep>(kernels_, model.value, slots); });
  }

  const KernelTable& kernels_;
  Precision precision_;
  std::deque<Planned> planned_;
  Plan plan_;
  Epilogue* writer_ = nullptr;  // of the last step that wrote the trunk of the current level
};

}  // namespace

int floats_a_point(const std::vector<int>& slot_strides) {
  const int floats = std::accumulate(slot_strides.begin(), slot_strides.end(), 0);
  PONNUKI_CHECK(floats > 0);
  return floats;
}

Plan make_plan(const KernelTable& kernels, const Model& model, Precision precision, int threads) {
  return Planner(kernels, precision).plan(model, threads);
}

}  // namespace ponnuki::nn::kernels
