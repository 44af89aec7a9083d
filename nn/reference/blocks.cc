// The kinds of blocks. Each function computes the block's formula.
#include "nn/reference/blocks.h"

#include "nn/reference/dense.h"
#include "nn/reference/pool.h"
#include "nn/reference/transformer.h"

namespace ponnuki::nn {
namespace {

/// Maps shared by the blocks of one stack. A nested stack has its own.
struct Scratch {
  FeatureMaps normed, middle, pooled_maps, result;
  LayerRun& run;
};

// x + conv2(norm2(conv1(norm1(x))))
void apply(const ResidualBlock& block, FeatureMaps& x, Scratch& s) {
  s.run.norm_act(block.norm1, x, s.normed);
  s.run.conv(block.conv1, s.normed, s.middle);
  s.run.norm_act(block.norm2, s.middle, s.middle);
  s.run.conv(block.conv2, s.middle, s.result);
  s.run.add(block.name, s.result, x);
}

// x + conv2(norm2(regular(norm1(x)) + to_bias · pool(gpool_norm(gpool(norm1(x))))))
void apply(const GlobalPoolingBlock& block, FeatureMaps& x, Scratch& s) {
  s.run.norm_act(block.norm1, x, s.normed);
  s.run.conv(block.regular_conv, s.normed, s.middle);
  s.run.conv(block.gpool_conv, s.normed, s.pooled_maps);
  s.run.norm_act(block.gpool_norm, s.pooled_maps, s.pooled_maps);
  std::vector<float> pooled(static_cast<std::size_t>(block.gpool_to_bias.in));
  global_pool(s.pooled_maps, pooled);
  add_to_channels(s.run.matmul(block.gpool_to_bias, pooled), s.middle);
  s.run.norm_act(block.norm2, s.middle, s.middle);
  s.run.conv(block.conv2, s.middle, s.result);
  s.run.add(block.name, s.result, x);
}

void apply(const TransformerAttentionBlock& block, FeatureMaps& x, Scratch& s) {
  apply_attention(block, x, s.result, s.run);
  s.run.add(block.name, s.result, x);
}

void apply(const TransformerFeedForwardBlock& block, FeatureMaps& x, Scratch& s) {
  apply_feed_forward(block, x, s.result, s.run);
  s.run.add(block.name, s.result, x);
}

// x + post_conv(post_norm(blocks(pre_conv(pre_norm(x)))))
void apply(const std::shared_ptr<const NestedBlock>& block, FeatureMaps& x, Scratch& s) {
  s.run.norm_act(block->pre_norm, x, s.normed);
  s.run.conv(block->pre_conv, s.normed, s.middle);
  apply_blocks(block->blocks, s.middle, s.run);
  s.run.norm_act(block->post_norm, s.middle, s.middle);
  s.run.conv(block->post_conv, s.middle, s.result);
  s.run.add(block->name, s.result, x);
}

}  // namespace

// The layers that write scratch maps resize them, so one set serves all blocks of a stack.
void apply_blocks(const std::vector<Block>& blocks, FeatureMaps& x, LayerRun& run) {
  Scratch scratch{{}, {}, {}, {}, run};
  for (const Block& block : blocks) {
    std::visit([&](const auto& b) { apply(b, x, scratch); }, block);
  }
}

}  // namespace ponnuki::nn
