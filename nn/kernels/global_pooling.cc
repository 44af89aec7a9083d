#include "nn/kernels/global_pooling.h"

#include "nn/kernels/vectors.h"

namespace ponnuki {

GlobalPoolingStep::GlobalPoolingStep(const GlobalPoolingBlock& block, int slot)
    : block_(block), slot_(slot), gpool_norm_(block.gpool_norm), norm2_(block.norm2) {}

void GlobalPoolingStep::run(Run& run) const {
  const int regular = block_.regular_conv.out, gpool = block_.gpool_conv.out;
  Scratch& scratch = run.work.scratch();
  for (int i = 0; i < run.work.images(); ++i) {
    const Map image = image_of(run, run.work.slot(slot_), i);
    const Map pooled_map = image.channel(padded_channels(regular));
    norm_image(run, pooled_map,
               {gpool_norm_.scale.data(), gpool_norm_.bias.data(), gpool_norm_.activation, gpool});
    const float* pooled = pool_image(run, pooled_map, gpool, PoolKind::kMeanAndMax);
    const float* added = dense({block_.gpool_to_bias}, pooled, scratch);
    norm_image(
        run, image,
        {norm2_.scale.data(), bias_with(norm2_, added, scratch), norm2_.activation, regular});
  }
}

}  // namespace ponnuki
