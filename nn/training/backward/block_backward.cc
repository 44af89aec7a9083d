#include "nn/training/backward/block_backward.h"

namespace ponnuki::nn::training {

BlockBackward::BlockBackward(const BackwardContext& context, const ResidualBlock& block,
                             const BlockSlots& slots)
    : slots_(slots),
      norm1_(context, block.norm1),
      norm2_(context, block.norm2),
      entry_convs_(context, {&block.conv1}),
      conv2_(context, {&block.conv2}) {}

BlockBackward::BlockBackward(const BackwardContext& context, const GlobalPoolingBlock& block,
                             const BlockSlots& slots)
    : slots_(slots),
      norm1_(context, block.norm1),
      norm2_(context, block.norm2),
      pooling_({PoolingBranchBackward(context, block.gpool_norm, block.gpool_to_bias),
                kernels::padded_channels(block.regular_conv.out), block.gpool_conv.out}),
      entry_convs_(context, {&block.regular_conv, &block.gpool_conv}),
      conv2_(context, {&block.conv2}) {}

void BlockBackward::pack() {
  entry_convs_.pack();
  conv2_.pack();
}

void BlockBackward::run(BackwardRun& backward) const {
  kernels::Workspace& work = backward.run.work;
  const kernels::Map entry = work.slot(slots_.entry), middle = work.slot(slots_.middle);
  const kernels::Map trunk_gradient = work.slot(slots_.trunk_gradient);
  const kernels::Map middle_gradient = work.slot(slots_.middle_gradient);
  conv2_.add_weights_gradient(backward, middle, trunk_gradient);
  conv2_.input_gradient(backward, trunk_gradient,
                        norm2_.finish(backward, middle, middle_gradient, false));
  if (pooling_) run_pooling(backward);
  entry_convs_.add_weights_gradient(backward, entry, middle_gradient);
  entry_convs_.input_gradient(backward, middle_gradient,
                              norm1_.finish(backward, entry, trunk_gradient, true));
}

/// Computes the gradient of the pooled channels from that of the regular channels.
void BlockBackward::run_pooling(BackwardRun& backward) const {
  kernels::Run& run = backward.run;
  for (int i = 0; i < run.work.images(); ++i) {
    const kernels::Map activated = kernels::image_of(run, run.work.slot(slots_.middle), i);
    const kernels::Map gradient = kernels::image_of(run, run.work.slot(slots_.middle_gradient), i);
    const kernels::Map gpool = activated.channel(pooling_->begin);
    const float* pooled =
        kernels::pool_image(run, gpool, pooling_->channels, kernels::PoolKind::kMeanAndMax);
    pooling_->branch.run_image(backward, {gradient, gpool, gradient.channel(pooling_->begin)},
                               pooled, nullptr);
  }
}

void BlockBackward::collect(const float* sums, float* gradient) const {
  norm1_.collect(sums, gradient);
  norm2_.collect(sums, gradient);
  if (pooling_) pooling_->branch.collect(sums, gradient);
  entry_convs_.collect(sums, gradient);
  conv2_.collect(sums, gradient);
}

}  // namespace ponnuki::nn::training
