#include "nn/training/backward/block_backward.h"

namespace ponnuki::nn::training {

ResidualBackward::ResidualBackward(const BackwardContext& context, const ResidualBlock& block,
                                   const BlockSlots& slots)
    : slots_(slots),
      norm1_(context, block.norm1),
      norm2_(context, block.norm2),
      conv1_(context, {&block.conv1}),
      conv2_(context, {&block.conv2}) {}

void ResidualBackward::run(BackwardRun& backward) const {
  kernels::Workspace& work = backward.run.work;
  const kernels::Map entry = work.slot(slots_.entry), middle = work.slot(slots_.middle);
  const kernels::Map trunk_gradient = work.slot(slots_.trunk_gradient);
  const kernels::Map middle_gradient = work.slot(slots_.middle_gradient);
  conv2_.add_weights_gradient(backward, middle, trunk_gradient);
  conv2_.input_gradient(backward, trunk_gradient,
                        norm2_.finish(backward, middle, middle_gradient, false));
  conv1_.add_weights_gradient(backward, entry, middle_gradient);
  conv1_.input_gradient(backward, middle_gradient,
                        norm1_.finish(backward, entry, trunk_gradient, true));
}

void ResidualBackward::collect(const float* sums, float* gradient) const {
  norm1_.collect(sums, gradient);
  norm2_.collect(sums, gradient);
  conv1_.collect(sums, gradient);
  conv2_.collect(sums, gradient);
}

GlobalPoolingBackward::GlobalPoolingBackward(const BackwardContext& context,
                                             const GlobalPoolingBlock& block,
                                             const BlockSlots& slots)
    : slots_(slots),
      regular_(block.regular_conv.out),
      gpool_(block.gpool_conv.out),
      norm1_(context, block.norm1),
      norm2_(context, block.norm2),
      branch_(context, block.gpool_norm, block.gpool_to_bias),
      entry_convs_(context, {&block.regular_conv, &block.gpool_conv}),
      conv2_(context, {&block.conv2}) {}

void GlobalPoolingBackward::run(BackwardRun& backward) const {
  kernels::Run& run = backward.run;
  const kernels::Map entry = run.work.slot(slots_.entry), middle = run.work.slot(slots_.middle);
  const kernels::Map trunk_gradient = run.work.slot(slots_.trunk_gradient);
  const kernels::Map middle_gradient = run.work.slot(slots_.middle_gradient);
  const int gpool_begin = kernels::padded_channels(regular_);
  conv2_.add_weights_gradient(backward, middle, trunk_gradient);
  conv2_.input_gradient(backward, trunk_gradient,
                        norm2_.finish(backward, middle, middle_gradient, false));
  for (int i = 0; i < run.work.images(); ++i) {
    const kernels::Map activated = kernels::image_of(run, middle, i),
                       gradient = kernels::image_of(run, middle_gradient, i);
    const kernels::Map gpool = activated.channel(gpool_begin);
    const float* pooled = kernels::pool_image(run, gpool, gpool_, kernels::PoolKind::kMeanAndMax);
    branch_.run_image(backward, {gradient, gpool, gradient.channel(gpool_begin)}, pooled, nullptr);
  }
  entry_convs_.add_weights_gradient(backward, entry, middle_gradient);
  entry_convs_.input_gradient(backward, middle_gradient,
                              norm1_.finish(backward, entry, trunk_gradient, true));
}

void GlobalPoolingBackward::collect(const float* sums, float* gradient) const {
  norm1_.collect(sums, gradient);
  norm2_.collect(sums, gradient);
  branch_.collect(sums, gradient);
  entry_convs_.collect(sums, gradient);
  conv2_.collect(sums, gradient);
}

}  // namespace ponnuki::nn::training
