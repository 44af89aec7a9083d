#include "nn/kernels/layers/global_pooling.h"

#include "nn/kernels/layers/vectors.h"

namespace ponnuki::nn::kernels {

GlobalPoolingStep::GlobalPoolingStep(const KernelTable& kernels, const GlobalPoolingBlock& block,
                                     int slot)
    : regular_(block.regular_conv.out),
      gpool_(block.gpool_conv.out),
      slot_(slot),
      gpool_to_bias_(kernels, block.gpool_to_bias),
      gpool_norm_(block.gpool_norm),
      norm2_(block.norm2) {}

void GlobalPoolingStep::run(Run& run) const {
  Scratch& scratch = run.work.scratch();
  for (int i = 0; i < run.work.images(); ++i) {
    const Map image = image_of(run, run.work.slot(slot_), i);
    const Map pooled_map = image.channel(padded_channels(regular_));
    norm_image(run, pooled_map,
               {gpool_norm_.scale.data(), gpool_norm_.bias.data(), gpool_norm_.activation, gpool_});
    const float* pooled = pool_image(run, pooled_map, gpool_, PoolKind::kMeanAndMax);
    const float* added = gpool_to_bias_.run(run, pooled);
    norm_image(
        run, image,
        {norm2_.scale.data(), bias_with(norm2_, added, scratch), norm2_.activation, regular_});
  }
}

}  // namespace ponnuki::nn::kernels
